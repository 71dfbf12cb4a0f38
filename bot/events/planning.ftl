### Events, for those who plan and host them: forms, drafts, the post in a channel, and who came.

says-event-new = Plan an event.
says-event-edit = Change an event that is planned.
takes-event-edit = title
says-event-cancel = Cancel an event.
takes-event-cancel = title
says-event-list = See all that is planned, and drafts.
says-event-show = See everything about one event.
takes-event-show = title
menu-event-new = Plan an event
menu-event-list = Events

## The post, for everybody in the channel

post-title = **{ $title }**
post-when = When
post-moment = { $when }, { $long }
post-where = Where
post-for = For
post-theme = Theme
post-host = Host
post-link = online, with a link for those who say yes
post-link-late = online, with a link for those who say yes, from an hour before
post-online = Online
post-yes = Yes to { $title }
post-maybe = Maybe
post-no = No
post-about = About { $n } people are coming.
post-support = A small group of peers. Those who say yes to all its dates share a place to talk in. Before you join, you read what everybody in it promises.
post-private = Who comes is private: only the host sees names.
post-over = This is over.
post-cancelled = This isn’t taking place.
long-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
long-minutes = { $n } minutes
for-everyone = everybody
for-role = everybody who is { $of }
for-phase = everybody at a school of this phase: { $of }
for-region = everybody in this region: { $of }
for-nation = everybody in { $of }

## To a host

host-is = You’re the host of { $title }, { $when }. Thank you for giving your time.
host-note = Only you see who is coming. Afterwards I ask you, once, who was there; you needn’t answer.
host-who = Who is coming
host-not = That isn’t something I can show you here.
comes = { $title }: this is for your eyes only.
comes-yes = Coming
comes-maybe = Maybe
comes-waits = Waiting for a place
comes-nobody = Nobody has said anything yet. That’s usual until a day or two before.
comes-note = Whether somebody comes is theirs to tell. Please keep it to yourself.
came-ask = Thank you for hosting { $title }. If you like, put down who was there.
came-note = Each of them sees only their own entry, and you see all. Nobody else does.
came-press = Put down who was there
came-title = Who was there?
came-label = Tick everybody who was there
came-hint = Who isn’t ticked is put down as not there.
came-send = Keep it
came-kept = Kept, for { $title }. You can change it whenever you like.
came-again = Change these names
came-more = More names
came-early = That’s for afterwards: I ask you once it is over.
came-nobody = Nobody had a place, so there’s nothing to put down.

## To a peer support group, in the place it shares

group-opens = This is a place for your group, { $title }. You meet next on { $when }.
group-apart = Your group, { $title }, meets next on { $when }. Its people aren’t all in one place here, so I can’t open one for it. Nothing else changes.
group-astray = Your group, { $title }, meets next on { $when }. I meant to open a place here for its people, and can’t tell whether that worked. If you don’t see it, nothing else changes; your host can write to all of you.
group-note = Only those who said yes to all its dates are here. What is said here stays here, and I can’t read it.

## Forms

form-keep = Show me
basics-title = An event
basics-name = What is it called?
basics-name-hint = Saturday coffee
basics-when = When does it begin?
basics-when-hint = Wed 2 Dec, 7pm
basics-long = How long is it?
basics-about = What is it about?
basics-where = Where is it?
basics-where-hint = A place, or a link that begins with https
who-title = Who and how many
who-people = For which role or phase?
who-places = For which part of the country?
who-all = Everybody
who-capacity = How many places?
who-capacity-hint = Leave it empty for as many as like
who-theme = Theme
again-title = Coming again
again-every = How often?
again-once = Only once
again-week = Every week
again-fortnight = Every second week
again-month = Every month, on the same weekday
again-own = By a rule of its own
again-end = Until when, or how many times?
again-end-hint = 16 July 2027, or 10; empty for no end
again-days = On which days?
again-term = Only in term time
again-bank = Not on bank holidays
again-rule = A rule of its own
again-rule-hint = As calendars write it: FREQ=MONTHLY;BYDAY=2TU
link-title = Link and host
link-link = Link
link-link-hint = https://… Only those who said yes see it
link-when = When do they see it?
link-soon = As soon as they say yes
link-late = From an hour before
link-sort = What kind is it?
sort-meeting = An event
sort-support = A peer support group of eight people at most
link-host = Who hosts it?
link-host-hint = A member’s name
wrong-title = Please give it a name, of 55 characters at most.
wrong-long = That’s a little too long for me.
wrong-choice = Please choose one of these.
wrong-one = Please choose only one of the two: by role or phase, or by part of the country.
wrong-link = A link has to begin with https:// and have no spaces.
wrong-capacity = Please write a number from 1 to 10000, or leave it empty.
wrong-support-places = A peer support group has 7 places at most, and one for its host.
wrong-support-host = A peer support group needs a host. Please write their name.
wrong-host = I know no member of that name who can host. They have to be vouched for first.
wrong-end = I couldn’t read that. Please write a day, such as “16 July 2027”, or a number.
wrong-ends = Your rule says already when it ends.
wrong-never = On those days it would never come. Please look at it again.
wrong-once = It’s planned already. To stop it coming again, cancel what follows.

## Drafts

draft-right = { $when }. Is that right? Nothing is posted yet. This is how it will look:
draft-change = { $when }. Is that right? Nothing is changed yet. This is how it will look:
draft-post = Yes, post it
draft-edit = What, when and where
draft-who = Who and how many
draft-again = Make it come again
draft-link = Link and host
draft-throw = Throw it away
draft-show = Show it again
draft-gone = That draft isn’t there any more: it was posted, or thrown away.
apply = Yes, change it
apply-this = Yes, this one only
apply-following = Yes, and all that follow
apply-leave = Leave it as it was
throw-sure = Throw away what you wrote?
throw-yes = Throw it away
throw-no = Keep it
thrown = Thrown away. Nothing was posted or changed.
which-when = That could mean more than one time. Which one do you mean?
which-none = None of these
host-which = There are several members of that name. Who hosts it?
host-select = The host
org-places = Places
org-again = Comes again
org-link = Link
org-coming = Coming
org-waiting = Waiting for a place
org-about = about { $n }
places-any = as many as like
places = { $n }
post-past = That time has passed. Please choose another, then press again.
post-no-host = A peer support group needs a host who is there for it. Please name one, then press again.
posted-when = { $title }, { $when }: it’s planned, and can be answered from now on.
posted = It stands in your channel for events. Members see it in “/headsup events” and on Fridays too.
posted-nowhere = No channel for events is set up, so it stands in none. Members see it in “/headsup events” and on Fridays.
posted-again = It comes { $again }. One of them stands in the channel at a time: the next.

## What is planned

manage-change = Change it
manage-cancel = Cancel it
list-all = All events
list-new = Plan an event
list-none = Nothing is planned, and there is no draft.
list-opening = This is what is planned, the soonest first, then drafts. Choose one to see all of it.
list-select = An event
list-earlier = Earlier
list-more = More
listed = **{ $title }**, { $when }
listed-cancelled = **{ $title }**, { $when }: cancelled
listed-draft = **{ $title }**, { $when }: a draft
listed-edit = **{ $title }**, { $when }: a change that isn’t made yet
option = { $title }, { $when }
option-draft = { $title }, { $when } (draft)
choose-edit = Which one would you like to change?
choose-cancel = Which one would you like to cancel?
choose-show = Which one would you like to see?
choose-select = An event
choose-none = Nothing is planned.
choose-none-named = Nothing of that name is planned.
choose-rest = There are more. Type a word of its name behind the command to find it.
event-gone = That event isn’t planned any more.
event-over = That event is over.

## Changing and cancelling

change-made = { $title }, { $when }: this is how it stands now.
change-told = Whoever said yes or maybe hears what is different for them.
change-moved = Somebody else has changed it meanwhile. Please look at it again.
change-follows = How often it comes is a matter of all that follow. Please press that.
change-rhythm = I can’t tell how all that follow should move. Please say how it comes again, too.
no-host-now = { $title }, { $when }, has no host any more. You can name another.
cancel-ask = Cancel { $title }, { $when }?
cancel-note = Whoever said yes or maybe is told, whatever the hour. It can’t be taken back.
cancel-it = Yes, cancel it
cancel-this = Cancel this one only
cancel-following = Cancel it and all that follow
cancel-leave = No, leave it
cancel-done = { $title }, { $when }, is cancelled, and those who meant to come are told.
cancel-done-following = { $title }, from { $when } on, is cancelled, and those who meant to come are told.

## To whoever writes to many

crowd-yes = Those who come to an event of mine
invite-yes = A yes to an event
