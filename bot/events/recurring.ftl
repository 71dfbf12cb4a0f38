### The words of `recurring.py`: when an event comes again, as it stands inside a sentence.

rule-week = every { $day } at { $time }
rule-fortnight = every second { $day } at { $time }
rule-month-1 = on the first { $day } of every month at { $time }
rule-month-2 = on the second { $day } of every month at { $time }
rule-month-3 = on the third { $day } of every month at { $time }
rule-month-4 = on the fourth { $day } of every month at { $time }
rule-month-last = on the last { $day } of every month at { $time }
rule-other = on days of its own at { $time }
rule-times = { $n ->
    [one] , once
   *[other] , { $n } times
}
rule-until = , until { $day }
rule-term = , in term time
rule-bank-holidays = , not on bank holidays

## Why a rule is not taken

rule-unreadable = I couldn’t read how often it comes again.
rule-too-often = It would come more than once a day. Once a day is the most.
rule-not-known = How often it comes again is written in a way I don’t know.
rule-too-many = It would come too many times, or too rarely, for me to keep track of.
rule-too-long = That’s too long for me to read.
