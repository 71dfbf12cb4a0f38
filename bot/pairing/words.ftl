### Introductions: who meets whom, and what is said when they do.

## Commands: what help says, and the buttons of the menu

says-partner = See who I’ve introduced you to this week, and how to reach them.
menu-partner = Who I’m meeting
says-intro-preview = See who would be introduced to whom, before anybody hears.
menu-intro-preview = Preview introductions
says-intro-send = Let the next introductions go out, now or when their day comes.
says-intro-hold = Keep the next introductions back until you say.
says-intro-status = See when the next introductions go out, and how many people talked.
menu-intro-status = How introductions stand

## The introduction

meet = { $first }, meet { $others }.
two-names = { $one } and { $two }
hello = { $first }, would you say hello first?
begin = A place to begin: { $starter }
unread = I can’t read what you write here.
go-on = There were three of you, and one can’t carry on this week. So it’s the two of you now: { $one } and { $two }.

reason-topic-2 = You both want to talk about { $shared }.
reason-topic-3 = You’d all like to talk about { $shared }.
reason-phase-2 = You both know { $shared } schools.
reason-phase-3 = You all know { $shared } schools.
reason-region-2 = You’re both in the same part of the country: { $shared }.
reason-region-3 = You’re all in the same part of the country: { $shared }.
reason-time-2 = { $things ->
    [one] { $shared } suits you both.
   *[other] { $shared } suit you both.
}
reason-time-3 = { $things ->
    [one] { $shared } suits you all.
   *[other] { $shared } suit you all.
}
no-reason = I can’t say yet what you have in common. I hope you’ll find out.

astray = This week I’d like you to meet { $others }. I’ve written to you together, and can’t see whether it arrived. If you don’t find it, please say hello yourselves.

## A partner who can’t carry on, and a week without anybody

ended-found = I’m sorry: your partner for this week can’t carry on. I’ve found somebody else for you, and the introduction is on its way.
ended-looking = I’m sorry: your partner for this week can’t carry on. I’m looking for somebody else for you. If I don’t find anybody this week, you’ll be among the first next time.
ended-next = I’m sorry: your partner for this week can’t carry on. You’ll be among the first the next time I introduce people.
left-out = I’m sorry: I couldn’t find somebody for you this week. Sometimes there’s nobody left whom I can introduce you to. You’ll be among the first next time.
left-out-looking = I’m sorry: I haven’t found somebody for you yet. I’m still looking. If I don’t find anybody this week, you’ll be among the first next time.
moved-on = I’m introducing your partner to somebody else this week, if I can find somebody. Nothing is asked of you, and you’re part of the next introductions as usual.
moved-on-next = I’ll introduce your partner to somebody else next time. Nothing is asked of you, and you’re part of the next introductions as usual.
moved-on-pause = Pause

## Somebody else, asked for

find-another = I wrote and heard nothing: find me somebody else
another-found = Done. I’ve found somebody else for you, and the introduction is on its way.
another-looking = Done. I’m looking for somebody else for you. If I don’t find anybody this week, you’ll be among the first next time.
another-next = Done. It’s too late to find somebody else this week, so you’ll be among the first next time.
another-once = I can find somebody else for you once a week, and this week I’ve done so already. Nothing has changed.
another-past = That introduction is over, so there’s nothing to change. The next one comes as usual.

## Not this week

announced = On { $day } I’ll introduce you to somebody.
not-this-week = Not this week
skipped = Of course. I won’t introduce you to anybody on { $day }. Everything else goes on as usual.
after-all = Introduce me after all
unskipped = Good. You’re part of the introductions on { $day } again.
skip-past = Those introductions have gone out, so that week is past. If you’d rather not meet anybody just now, you can pause.

## The end of a pause

return-title = Welcome back
return-soon = Hello { $name }. My quiet time ends on { $day }, and I’ll introduce you again from then. If that’s too soon, one press is enough.
return-soon-plain = Hello { $name }. My quiet time ends on { $day }. If that’s too soon, one press is enough.
return-now = Hello { $name }. My quiet time is over, and I’ll introduce you again from now on. If that’s too soon, one press is enough.
return-now-plain = Hello { $name }. My quiet time is over. If that’s too soon, one press is enough.
pause-longer = Pause again

## People who share no place

far = You and { $others } aren’t in the same place, so I can’t open a conversation for you.
far-reach = You’ve told each other how you like to be reached.
far-note = If you both say yes, you can write to each other through me until the week is over. What I pass on is only what you send by a button that names who will read it.
far-say-note = You can also say how you like to be reached. Each of you sees that of the other once both have said it.
far-say = Say how I like to be reached
write-to = Write to { $name }

## Partner

partner = This week I’ve introduced you to { $others }. Write to them whenever it suits you, in the conversation I opened for you.
partner-far = This week I’ve introduced you to { $others }.
partner-none = You’re not meeting anybody this week. The next introductions go out on { $day }, and if there’s one for you, I’ll write to you.
partner-looking = I’m still looking for somebody for you this week. If I find somebody, I’ll write to you; if not, you’ll be among the first next time.
partner-away = I’m being quiet for now, so I’m not introducing you to anybody. Whenever you’re ready, tell me you’re back.
partner-back = I’m back
rather-not = I’d rather not meet { $name } again
rather-not-question = Shall I never introduce you to { $name } again? Nobody is told why. If you’re meeting this week, they hear only that you can’t carry on.
rather-not-yes = Yes, never again
rather-not-no = No, leave it

## Organisers

preview-title = Introductions
preview-now = These introductions would go out now. Nobody has heard of them yet.
preview-when = These introductions would go out on { $when }. Nobody has heard of them yet.
preview-changes = Only those who would be introduced are shown. If people pause, leave or come back before then, this changes.
preview-pair = { $one } and { $two }
preview-three = { $one }, { $two } and { $three }
preview-more = More introductions, not shown: { $count }
when = { $day } from { $time }
send-now = Send these introductions now
let-go = Let them go out on { $when }
hold = Hold them back
see-preview = See who would meet
send-question = Introduce these people now? It can’t be taken back.
send-yes = Yes, introduce them
send-no = Not yet

sent = These introductions are on their way. Each person hears at the next hour that isn’t quiet for them.
sent-nobody = There’s nobody to introduce yet. It takes two people who have joined, agreed to be introduced and aren’t away.
released = Good. The next introductions go out on { $when }.
held = The introductions planned for { $when } are held back until an organiser lets them go.

status-title = How introductions stand
status-goes = The next introductions go out on { $when }, by themselves.
status-first = The first introductions are planned for { $when }. They wait until an organiser lets them go.
status-held = The introductions planned for { $when } are held back until an organiser lets them go.
status-open = The introductions planned for { $when } haven’t gone out. They still can.
status-last = The last ones went out for the week of { $day }.

told-sent = { $by } sent this week’s introductions.
told-released = { $by } said yes to the next introductions. They go out on { $when }.
told-held = { $by } held back the introductions planned for { $when }.
told-waits = This week’s introductions wait for an organiser. They can go out until { $until }.
told-nobody = This week there was nobody to introduce.
an-organiser = An organiser

## A place to begin, from the themes of the network’s leadership programmes

# Ethical leadership
starter-1 = which decision this term was hard because both answers were partly right?
starter-2 = whose voice is missing when you decide things, and how could it be heard?
starter-3 = what would you never trade away, however tight things get?
starter-4 = when did being fair and being kind last pull in different directions?
starter-5 = what does your school do that you’d be proud to see copied?
starter-6 = which rule did you inherit that you’d drop if you could?
starter-7 = who showed you what integrity looks like in a school?

# Emotional intelligence
starter-8 = what went better than you expected last week?
starter-9 = how do you get ready for a conversation you’d rather not have?
starter-10 = what do people come to you for that isn’t in any job description?
starter-11 = who surprised you lately, in a good way?
starter-12 = what helps you to listen when the day is full?
starter-13 = how do you say no so that people still feel heard?
starter-14 = what made you laugh at school this week?

# Educational vision
starter-15 = if a pupil of today came back in twenty years, what would you like them to say?
starter-16 = what is your school really for, in one sentence?
starter-17 = what would you begin tomorrow if there were no forms to fill in?
starter-18 = which small thing tells a visitor most about your school?
starter-19 = what did your favourite teacher do that you still see around you?
starter-20 = what would your pupils change first?
starter-21 = where would you like your school to be braver?

# Leading change
starter-22 = what have you changed that stayed changed?
starter-23 = what did you stop doing, and did anybody miss it?
starter-24 = which change went wrong, and what did it teach you?
starter-25 = how do you bring along somebody who has seen it all before?
starter-26 = what was the smallest change that made the biggest difference?
starter-27 = what are you waiting for the right moment to begin?
starter-28 = how do you know when to leave something alone?

# Peer coaching
starter-29 = which question has helped you most, and who asked it?
starter-30 = what would you do first if you began this job again?
starter-31 = which part of your week would you like another pair of eyes on?
starter-32 = what are you better at than a year ago?
starter-33 = what is the best advice you ever ignored?
starter-34 = whom do you ring when you’re stuck, and what do they say?
starter-35 = what is on your mind that a good question might untangle?
starter-36 = what small thing could each of you try before you next talk?
