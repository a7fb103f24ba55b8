/** The style sheet is bundled beside the script (esbuild); importing it brings no value. */
declare module '*.css';
