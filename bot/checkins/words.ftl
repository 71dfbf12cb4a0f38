### The weekly check-in: did you find time to talk? Never how anybody feels.

says-checkin = Tell me whether you found time to talk.
menu-checkin = My check-in

## The question

ask-1 = Did you and { $one } find time to talk?
ask-2 = Did you, { $one } and { $two } find time to talk?
ask-again-1 = Last time you and { $one } hadn’t found time to talk. Have you talked since?
ask-again-2 = Last time you, { $one } and { $two } hadn’t found time to talk. Have you talked since?
somebody = your partner

talked = We talked
not-yet = Not yet
hand = We need a hand
again-talked = We’ve talked now
again-not-yet = It hasn’t worked out
again-hand = We need a hand
keep-trying = Keep trying
change = Change my answer

one-press = One press is plenty. We count how many of you talked; nobody is shown who.

## The answer

answered-talked = You talked. I’m glad, and thank you for telling me.
answered-not-yet = Thank you for telling me. If you haven’t talked by { $day }, I’ll ask once more.
answered-not-yet-last = Thank you for telling me. That’s all right: some weeks are like that. I won’t ask about it again.
answered-hand = Thank you for telling me. I’ve told nobody, and I won’t. If you’d like to talk to somebody now, these people are there for you.

trying = Good. Busy weeks happen to everybody: one short message is often enough. Nothing else changes.
too-late = That was a while ago, so I’ve put this question away. Thank you for coming back to it.
nothing = There’s nothing to answer just now. I ask on { $day }s whether you found time to talk, whenever I’ve introduced you to somebody.

## For organisers

figures-exact = { $n } of { $of } introductions led to a talk, as far as people told me.
figures-few = Fewer than five of { $of } introductions led to a talk, as far as people told me.
figures-most = Nearly all of { $of } introductions led to a talk, as far as people told me.
figures-withheld = There were too few introductions to say how many led to a talk.
