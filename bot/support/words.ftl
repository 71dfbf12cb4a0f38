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
