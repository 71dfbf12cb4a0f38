### The words of `when.py`.

## A moment in full

when = { $day }, { $time } ({ $zone })
clocks-uk = UK time
clocks-city = { $city } time

## Why a date is not understood

unread-too-long = That’s too long for me to read. A date and a time are enough, such as “Wed 2 Dec, 7pm”.
unread-no-date = I found no day in that. Please write one, such as “Wed 2 Dec, 7pm”.
unread-no-time = I found no time of day in that. Please write one, such as “Wed 2 Dec, 7pm”.
unread-unclear = I didn’t understand all of that. A date and a time alone are best, such as “Wed 2 Dec, 7pm”.
unread-differs = The weekday and the date aren’t the same day. Which one is right?
unread-past = That has been already. If you mean next year, please write the year.
unread-too-far = That’s more than two years away. Is the year right?
unread-no-such-time = The clocks go forward over that time, so it won’t exist that day. An hour later will.

## A time that the wall shows two times

when-twice = The clocks go back over that time, so there are two of it. I take the first.
