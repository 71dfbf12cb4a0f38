### Help, now. Nothing here counts, marks or remembers anything.

title = Somebody to talk to, now
opening = You don’t have to carry this alone, and it need not be an emergency. Any of these people will be glad you called.
closing = Only you can see this. I don’t keep, count or note that you asked.

samaritans = { $number }. Anybody, about anything. Free, day and night.
education-support = { $number }. For everybody who works in a school. Free, day and night.
shout = Text SHOUT to { $number }, if writing is easier than talking. Free, day and night.
nhs-england-wales = { $number }, then option 2. Urgent mental health help in England and Wales, day and night.
nhs-scotland = { $number }. Urgent mental health help in Scotland, day and night.
lifeline = { $number }. Northern Ireland’s own line. Free, day and night.
headrest = { $link }. A line for heads, run by people who know the job.
headrest-link = See when they can talk
emergency = { $number }, at once, for yourself or for somebody else.
other = { $number }

## At the end of the home page

home-private = Only you see this page. Nobody reads what you type to me, and I can’t read what members write to each other.

## Whatever is typed to the bot gets this, unread

typed = I’m a bot, and nobody reads what is written here.
typed-pause = Pause
typed-leave = Leave
typed-menu = What I can do

## Listeners: who is there

says-listener = Ask a colleague who listens to make time for you.
menu-listener = Talk to a listener

somebody = the listener
when = { $day }, { $time }
listener-not-yet = Listeners are there for members, and an organiser has yet to let you in. You needn’t wait for that to talk to somebody:

who-title = Somebody to talk to
who = These colleagues are listening just now. Choose one of them, or whoever is free. Nothing is sent before you’ve seen it.
who-note = They are heads like you, and no service: if it can’t wait, please use the numbers below.
who-select = Who is listening
whoever = Whoever is free
what-it-is = What listening is
nobody-free = Nobody is free to listen at the moment.
nobody-next = The next listener is there from { $when }. I’d be glad to see you then.
nobody-ever = I don’t know of a time when somebody will be: no hours are arranged so far.

## Listeners: asking

form-title = Write to { $name }
form-label = A few words, if you like
form-hint = You can leave it empty. You’ll see it once more before it goes.
form-hand-on = If they can’t, may I ask one other?
form-hand-on-yes = Yes, another listener may read this too
form-send = Show me first
too-long = Please write at most 1,000 characters.

preview = This goes to { $name }, exactly as it stands here:
asks = { $name } would like to talk to you.
asks-nothing = { $name } has written nothing more, and needn’t.
asks-note = Those are { $name }’s own words, for you alone. I forget them when this is over.
preview-only = Nobody but { $name } sees it.
preview-hand-on = If { $name } can’t, it goes to one other listener, and I tell you to whom. Nobody else sees it.
send-to = Send to { $name }
change = Change it
dont-send = Don’t send it
dropped = Nothing was sent, and I’ve forgotten what you wrote.
somebody-else = Who is listening

stands-asked = I’ve asked { $name }. By { $when } I’ll tell you whether they can or not. Most will, but I can’t answer for them.
meanwhile = You needn’t wait for that:
no-more = I don’t need it any more
stands-taken = { $name } has said that they’ll write to you.

told-cannot = { $name } can’t be there for you at the moment. It’s nothing to do with you.
told-silent = { $name } hasn’t been able to answer. It’s nothing to do with you.
told-gone = The listener you asked can’t be there for you any more. It’s nothing to do with you.
handed-on = As you said I might, I’ve asked { $name }. By { $when } I’ll tell you whether they can or not.
cannot-next = You can ask somebody else, or be with somebody now:
ask-again = Ask somebody else
ended = { $name } has closed what you asked for. You can ask again whenever you like, also for somebody else.
closed = Done. That’s over, and I’ve forgotten what was written. You can ask again whenever you like.

together = { $member }, { $listener } will write to you here. It’s your place: talk here, or agree on a time and another way.
together-note = I can’t read what you write here. Either of you can say that it’s over, with one press.
its-over = We’re done here
apart = You and { $name } are to talk, and share no place where I could bring you together.
apart-reach = This is how { $name } likes to be reached: { $reach }
apart-no-reach = I don’t know of a way that both of you have told me. An organiser can put you in touch.

## Listeners: listening

listening-title = You are a listener
listening = Thank you for being there. These are your hours:
day-0 = Monday
day-1 = Tuesday
day-2 = Wednesday
day-3 = Thursday
day-4 = Friday
day-5 = Saturday
day-6 = Sunday
no-hours = Hours
no-hours-yet = none so far
someone-too = I need someone too
my-own = What I asked for
how-to-listen = How to listen
step-down = I can’t be a listener any more
not-from-here = Requests are for the account with which you said that you’d listen. To see them here too, type /headsup listener.
from-here-too = Show me requests here too

asks-by = You have until { $when }. Then I tell them that you couldn’t answer, and no more than that.
take = I’ll write to { $name }
cannot = I can’t at the moment
taken = You’ve said that you’ll write to { $name }. Thank you.
done-with = { $name } and I are done
cannot-said = Of course. They hear only that you can’t at the moment. Look after yourself, too.
over = That’s over. I’ve forgotten what was written.
over-member = They don’t need it any more, and that’s over. Thank you for being there.
over-too-late = Nothing more for you to do: that’s over, or somebody else has it now.

invitation = An organiser would like to have you as a listener: a colleague whom others can ask for half an hour.
invitation-note = Only if you say yes are you shown to members, by name, and only in the hours that are arranged with you. You can stop with one press.
agree = Yes, I’ll listen
rather-not = Rather not
off = You’re not a listener any more, or never were. Nobody is asked to say why. Thank you.
your-hours = Your hours as a listener have changed:
taken-off = You’re no longer on the list of listeners. Thank you for all the time you gave.

guidance-title = How to listen
guidance = You need no training to be good company. This is all there is to it.
guidance-is-title = What it is
guidance-is = Half an hour in which somebody can think aloud with a head who knows the job. Ask, wait, say back what you heard. Silence is fine.
guidance-not-title = What it is not
guidance-not = Advice, therapy, coaching or a rescue. You needn’t mend anything, and you can say that it is beyond you.
guidance-hour-title = What you can promise
guidance-hour = Only the time you have. Say at the start how long that is, and end kindly when it’s over.
guidance-heavy-title = When it is heavy
guidance-heavy = Say so, and say where help is: the lines below answer day and night. In danger it is 999, and you may stay until somebody is there.
guidance-between-title = What stays between you
guidance-between = Everything, with one exception you should name at the start: if somebody’s life, or a child, is at risk, you can’t keep it to yourself.
guidance-you-title = And you
guidance-you = Listening weighs something. Say “I need someone too”, take a week off, or stop. Nobody asks why.

## Listeners: the rota, for organisers

says-members-listeners = Who listens, and when.
takes-members-listeners = name
menu-members-listeners = Listeners
rota-title = Listeners
rota = Members are shown who is on duty, and nobody else.
rota-nobody = Nobody is on the list of listeners so far.
rota-new = Ask somebody to listen
rota-select = Change somebody’s hours
rota-search-title = Who could listen
rota-search-label = A few letters of their name
rota-search-send = Look
rota-found = Who is it?
rota-none = I couldn’t find a member of that name.
rota-no-member = That isn’t a member who could listen.
rota-new-one = { $name } isn’t on the list. When you’ve said at which hours, I ask { $name } whether they will.
rota-one = { $name } listens at these hours, by their own clock:
rota-asked = { $name } hasn’t said yes so far. If they do, these are their hours, by their own clock:
rota-waits = hasn’t said yes so far
rota-hours = Set hours
rota-clear = Clear all hours
rota-off = Take off the list
rota-form-title = Hours of a listener
rota-days = On which days
rota-days-hint = What was said of other days before stays as it is.
rota-begins = From
rota-ends = Until
rota-most = How many at once
rota-most-1 = One person at a time
rota-most-2 = Two people at a time
rota-most-3 = Three people at a time
rota-form-send = Keep
rota-wrong = Please choose at least one day, and an end that is later than the beginning.
rota-is-off = { $name } is off the list of listeners, and hears so unless they’re pausing. Whoever had asked them hears it too.
told-rota = { $by } changed when { $name } is to listen.
told-off-rota = { $by } took { $name } off the list of listeners.
an-organiser = an organiser

## A worry about somebody

says-concern = Tell two organisers, privately, that you worry about somebody.
menu-concern = I’m worried about somebody
concern-title = Worried about somebody
concern = Two organisers can hear of it from you, and nobody else: not the person it is about, and no organiser it is about.
concern-note = They see your name and what you write. Before anything goes, you see it, and who would read it. If somebody is in danger now, please don’t wait for that: 999.
concern-unread = Nobody is named here so far who could read this, so I can’t pass it on. Please speak to an organiser you trust. If somebody is in danger now: 999.
concern-find = Look for a member
concern-other = Somebody else
concern-search-title = Worried about whom?
concern-search-label = A few letters of their name
concern-search-send = Look
concern-found = Who is it?
concern-none = I couldn’t find anybody of that name here. You can still say who it is in your own words.
concern-select = Members found
concern-form-title = Worried about somebody
concern-form-named = Who is it?
concern-form-label = What should they know?
concern-form-hint = What you’ve seen or heard, in your own words. You’ll see it once more before it goes.
concern-wrong = Please write something, at most 1,000 characters.
concern-nameless = Please say who it is, in a few words.
concern-preview = This goes to { $one } and { $two }, exactly as it stands here, and to nobody else:
concern-preview-one = There is only one organiser left who could read this. It goes to { $one }, exactly as it stands here, and to nobody else:
concern-nobody = There is no organiser left who could read this, so I can’t send it. Please speak to somebody you trust who isn’t part of it.
concern-line = { $by } is worried about { $whom }, who is a member.
concern-line-named = { $by } is worried about somebody: { $whom }
concern-send = Send it
concern-not-to = Not to { $name }
concern-letter-note = One other organiser reads this too, unless there is none it could go to. Nobody else does, and I keep no copy. Please agree on who writes to { $by }, and leave no trace of it in a channel.
concern-sent = Thank you for looking out for somebody. It’s on its way, and I keep no copy. They may come back to you; I can’t say when. If it can’t wait, or weighs on you:
concern-dropped = Nothing was sent, and I’ve forgotten what you wrote.
concern-lost = I couldn’t bring what you wrote to every organiser it was for. Please speak to one of them yourself.
suspend = Suspend { $name }

## At the end of the home page

home-asked = You’ve asked a listener for some time.
home-listening = Somebody has asked you for some time.
home-listener = See how it stands
