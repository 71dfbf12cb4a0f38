### What the bot says before any room does, and what every room may say.

too-fast = That was a lot at once. Please wait a few seconds, then press again. Nothing is lost.

old-button = That button is no longer in use. Nothing has changed. Here is what I can do now.

failed = Sorry, I couldn’t save that, so nothing has changed. Please press again in a minute. If it happens twice, tell an organiser “{ $code }”: it helps them find it.

home-failed = Sorry, I can’t look anything up just now. Please come back in a minute. If it happens twice, tell an organiser “{ $code }”: it helps them find it.

not-started = You haven’t joined yet. It takes a minute.
start = Let’s start

not-yours = That isn’t something I can do for you here.

what-i-can-do = What I can do

menu-headsup = What would you like to do?
menu-headsup-organise = What would you like to organise?

help-headsup = Here is what you can ask me. Everything works by pressing a button too.
help-headsup-organise = Here is what organisers can do.

unknown = I don’t know that word. Is it one of these?

## Help, the same everywhere

help-line = If things are heavy, you can talk to somebody now: Samaritans { $samaritans }, Education Support { $education }, free, day and night. In danger, { $emergency }.
more-ways = More ways to get help
help-now = Help now


says-menu = A button for everything I can do.
says-help = What each word does.
says-helpnow = People you can talk to now, day and night. Nobody sees that you asked.

## Where a platform has no window of its own to ask in

sure = Just to be sure, since it can’t always be taken back: “{ $label }”?
sure-no = No, leave it as it is
sure-left = Of course. Nothing has changed.

thread-name = Letters from HeadsUp
from-here-on = I can’t write to you directly, so my letters come here. Nobody but you is in this thread; whoever looks after this community could open it. To get them as direct messages instead: press the community’s name at the top, then Privacy Settings, and switch on Direct Messages.
not-them = Rather not meet them
when-typed = Year-month-day and time of day, UK time
somebody-here = a colleague

not-yet-right = Nearly. One more look, please; nothing has been saved yet.

## Counts

count-exact = { $n }
count-few = fewer than five
count-most = nearly all
count-withheld = not told

## Where newcomers begin, for everybody to see

doorway = I’m HeadsUp, a bot for the heads who are here: I introduce people to each other and remember dates. Setting up takes a minute, only you see the questions, and nobody reads what you type to me.

## To organisers

alarm = I can’t save anything at the moment: my database or its disk has failed. Nobody’s answers are lost; people are asked to press again. Please tell whoever looks after me to run “headsup check”.

progress-introductions = This week’s introductions are going out: { $percent }% so far.
progress-introductions-done = This week’s introductions are all out.
progress-could-not = Some could not be delivered. “headsup check” may say why.

skipped-introductions = I was asleep for too long, so the introductions of { $day } did not go out. Nobody was told. The next ones go out as usual.
skipped-checkins = I was asleep for too long, so nobody was asked on { $day } how it went. The next question comes as usual.
skipped-friday = I was asleep for too long, so the Friday letter of { $day } did not go out. The next one goes out as usual.
