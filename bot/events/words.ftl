### Events: what is coming, who comes, who waits for a place, and reminders.

## For members: what is coming

says-events = See what is coming, say yes, and choose when I remind you.
menu-events = Events

coming-title = What is coming
coming = You can say yes with one press, and change your mind with another. Nobody but the hosts is shown who comes.
coming-none = Nothing is planned for you just now. I’ll tell you on a Friday when something is.
coming-earlier = Earlier events
coming-later = Later events
see-coming = See what is coming
mine = My events
mine-opening = This is what you said yes or maybe to.
mine-none = You haven’t said yes to anything yet.
past = Where you had a place:
past-came = { $title }, { $when }: you were there.
past-missed = { $title }, { $when }: you couldn’t make it.
past-place = { $title }, { $when }.
more = More about { $title }

named = **{ $title }**, { $when }.
named-at = **{ $title }**, { $when }, { $place }.
line-held = You have a place.
line-waiting = You’re on the waiting list.
line-offered = A place is kept for you.
line-lapsed = The place that was kept for you went to somebody else.
line-maybe = You said maybe.
line-no = You said no.

yes-to = Yes to { $title }
answer-maybe = Maybe
answer-no = No
answer-maybe-to = Maybe to { $title }
answer-no-to = No to { $title }
cannot-come = I can’t come after all

lasts = { $starts }, { $long }
fact-when = When
fact-where = Where
fact-link = Link
fact-host = Host
fact-theme = Theme
fact-places = Places
link-join = Join here
link-later = I show it to you from an hour before.

## For members: an answer

stands-none = You haven’t said whether you’ll come to { $title }.
stands-held = You have a place at { $title }.
stands-waiting = All places at { $title } are taken, so you’re on the waiting list. If one comes free, it is offered to whoever has waited longest, and I’ll write to you when it’s your turn.
stands-offered = A place at { $title } is kept for you until { $until }.
stands-lapsed = The place at { $title } that was kept for you went to somebody else. If you’d still like to come, say yes again.
stands-maybe = Thank you for telling me: maybe to { $title }. No place is kept, and you can say yes whenever you know.
stands-no = Thank you for telling me. You’re not coming to { $title }, and that’s all right.
will-remind = I’ll remind you { $when }.
will-not-remind = I won’t remind you, as you chose.
not-yet = Events are for members who have been let in. I’ll write to you as soon as somebody has done that.
not-here = That isn’t open to answer: it’s over, or meant for others.
begun = { $title } has begun, so nothing can be changed any more.
called-off = { $title } doesn’t take place.

agree = Before you come to { $title }: it is a small group, and these are its promises.
agree-1 = What is said there stays there.
agree-2 = Everybody is heard, and nobody has to speak.
agree-3 = We listen before we advise, and nobody takes pictures of the screen.
agree-yes = I agree, and yes to { $title }

join = Yes to every { $title }
unjoin = Only now and then
joined = You’ve said yes to every { $title }, and I keep you a place in those to come, as long as there are any. You can still say no to any of them.
unjoined = I’ll ask you again about each { $title }. What you’ve said yes to stays.

## For members: places that come free

offer = A place at { $title } on { $when } has come free, and I keep it for you until { $until }. Would you like it?
take = Take the place
take-not = No, thank you
lapsed = I had kept a place at { $title } for you, and it has gone to the next in line now. That’s all right: if you’d still like to come, say yes again and you’re on the waiting list.
moved-up = A place at { $title } has come free, and it’s yours: { $when }.

## For members: reminders and choices

reminder = { $title } begins at { $when }.
choices = My reminders
choices-reminds = When shall I remind you?
choices-hint = None is fine, too.
choices-away = Also while you’re pausing?
choices-send = Keep
before-7d = A week before
before-24h = A day before
before-1h = An hour before
before-10min = Ten minutes before
away-yes = Yes, remind me of what I said yes to
away-no = No, stay quiet
when-7d = a week before
when-24h = a day before
when-1h = an hour before
when-10min = ten minutes before
chosen-none = That’s kept: I won’t remind you of anything you say yes to.
chosen = That’s kept: for everything you say yes to, I’ll remind you { $when }.
chosen-always = Also while you’re pausing.
chosen-away = While you’re pausing I stay quiet. If something is called off or moved, I still tell you.
still = You said yes to { $titles }. Shall I still remind you while you’re pausing? If you say nothing, I will.
still-yes = Yes, still remind me
still-no = No reminders, please
still-kept = Of course. I’ll remind you of what you said yes to, and of nothing else.
still-quiet = Of course. No reminders while you’re pausing; only if something is called off or moved, I tell you.

## For members: changes

changed = Something about { $title } has changed. This is how it is now:
changed-others = Those after it have changed too. You can see when each of them is under My events.
changed-title = Name
changed-when = When
changed-where = Where
changed-link = Link
changed-host = Host
nowhere = No place is named any more.
no-link = There is no link any more.
no-host = Nobody is named just now.
cancelled = I’m sorry: { $title } on { $when } doesn’t take place.
cancelled-all = I’m sorry: { $title } on { $when } doesn’t take place, and neither do those after it.

## For members: in the Friday letter

friday-thanks = Thank you for being part of { $titles } this week.
friday-going = You said yes to:
friday-open = You could come to:
and = { $first } and { $last }
