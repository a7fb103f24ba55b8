/**
 * What fields begin with that are going to outgrow 32 bits. Beginning with a whole number they would be made for such, and all that
 * was compiled for them be thrown away when the log's times pass two seconds.
 */
export const ANY_NUMBER = 0.5;
