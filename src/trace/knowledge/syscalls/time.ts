/** Calls that read and set clocks, sleep and run timers, the class "time" (format: syscallTable.ts). */

export const timeTable = `
time(tloc) = value "seconds since 1970": Tells the time in seconds.
gettimeofday(tv, tz) = zero: Tells the time in microseconds.
settimeofday(tv, tz) = zero, man gettimeofday(2): Sets the system's time.
stime(t) = zero: Sets the system's time in seconds.
clock_gettime(clockid, tp) = zero, man clock_getres(2): Reads a clock.
clock_settime(clockid, tp) = zero, man clock_getres(2): Sets a clock.
clock_getres(clockid, res) = zero: Tells the precision of a clock.
clock_adjtime(clk_id, buf) = value "the clock's state", man adjtimex(2): Tunes a clock's speed and offset.
adjtimex(buf) = value "the clock's state": Tunes the system clock's speed and offset.
nanosleep(req, rem) = zero, waits: Sleeps for a time, unless a signal handler ends it early.
clock_nanosleep(clockid, flags, request, remain) = zero, waits: Sleeps for a time, or until a time, of a chosen clock.
alarm(seconds) = value "the seconds that were left of the previous alarm": Asks for a SIGALRM after some seconds.
getitimer(which, curr_value) = zero: Tells how long an interval timer still runs.
setitimer(which, new_value, old_value) = zero, man getitimer(2): Starts or stops a timer that sends a signal, repeatedly if asked.
times(buf) = value "clock ticks since some point in the past": Tells the processor time of this process and its reaped children.
timer_create(clockid, sevp, timerid) = zero: Creates a POSIX timer.
timer_settime(timerid, flags, new_value, old_value) = zero: Starts or stops a POSIX timer.
timer_gettime(timerid, curr_value) = zero, man timer_settime(2): Tells how long a POSIX timer still runs.
timer_getoverrun(timerid) = count "the expirations missed": Tells how often a timer ran out before its signal was taken.
timer_delete(timerid) = zero: Deletes a POSIX timer.
timerfd_create(clockid, flags) = fd: Creates a timer that is read through a descriptor.
timerfd_settime(fd*, flags, new_value, old_value) = zero, man timerfd_create(2): Starts or stops a descriptor's timer.
timerfd_gettime(fd*, curr_value) = zero, man timerfd_create(2): Tells how long a descriptor's timer still runs.
`;
