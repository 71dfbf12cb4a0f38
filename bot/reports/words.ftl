### What organisers read of the network as a whole. Nothing here is about one person.

says-report = See how the network is doing: this month so far, and the months before.
menu-report = The report
says-status = See whether all is well, and what mends what isn’t.
menu-status = How things stand

## The report

report-title = How the network is doing
so-far = { $month } so far:
row-members = Members
row-active = Active
row-introductions = Introductions
row-talked = Led to a talk
month-line = Members: { $members }. Active: { $active }. Introductions: { $introductions }. Led to a talk: { $talked }.
reached = How I reach members:
reached-browser = In the browser
reached-slack = On Slack
reached-direct = On Discord, by direct message
reached-thread = On Discord, in a private thread of their own
reached-not = Not at all just now
report-note = Active is whoever was in an introduction that led to a talk. Everybody who looks sees the same figures. Small numbers stay hidden, and others too where they’d give a small one away.

## Monday’s line, and how things stand

status-title = How things stand
all-well = All well: { $what }.
please-look = Please look: { $what }.
otherwise = Otherwise: { $what }.

week-made = { $n } introductions
week-coming = introductions go out on { $day }
week-later = no introductions this week (the next go out on { $day })
week-holidays = no introductions this week (it’s the holidays)
week-nobody = no introductions this week (there was nobody to introduce)
nothing-stuck = nothing stuck
disk = disk { $percent }% full

trouble-stuck = some messages are stuck
trouble-disk = the disk is { $percent }% full
trouble-waiting = this week’s introductions wait for an organiser’s yes
trouble-late = this week’s introductions haven’t gone out
trouble-lost = several messages couldn’t be delivered, or taken away, last week

mend-stuck = They have waited for more than an hour. Whoever looks after me can run “headsup check”, which says why.
mend-disk = Please ask whoever looks after me to make room: once it’s full, I can’t save anything.
mend-waiting = Look at who would meet, then let them go or hold them back.
mend-late = They can still be sent by hand.
mend-lost = “headsup check” may say why. Some people have closed their door to messages; that isn’t yours to mend.

vouch-nobody = Nobody waits for a vouch.
vouch-somebody = Somebody waits for a vouch.
lost = Messages that couldn’t be delivered, or taken away, in the last seven days: { $n }.

## On an organiser’s home page

home-look = As an organiser, please look: { $what }.
home-well = As an organiser, there’s nothing you need to do just now.
home-vouch = somebody waits for a vouch
home-yes = the next introductions wait for an organiser’s yes

see-status = How things stand
see-introductions = How introductions stand
see-waiting = See who waits
see-report = The report
