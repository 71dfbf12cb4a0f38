### Two who were introduced and share no place write to each other through the bot, if both say yes.

## Asking

asks = { $name } would like to write to you here, through me. If you say yes, each of you can write to the other until the week is over.
asks-note = What goes from one to the other is only what you send by a button that names who will read it. I keep no copy, and organisers can’t read it. Either of you can end it with one press.
asks-yes = Yes, that’s fine
asks-no = Rather not
asked = I’ve asked { $name } whether you may write to each other through me. If they say yes, I’ll write to you.
opened = You and { $name } can write to each other through me now, until the week is over.
opened-note = I pass on only what you send by the button. What you type to me otherwise goes to nobody.
refused = Of course. { $name } hears only that it can’t be this time.
cannot = I’m sorry: you and { $name } can’t write to each other through me this time.
over = That introduction is over, so nobody can be written to through me any more.
near = You and { $name } are in the same place now, so you can write to each other there yourselves.

## Writing

form-title = Write to { $name }
form-label = Your words to { $name }
form-hint = It arrives outside quiet hours: not at night, not in lessons. I keep no copy.
form-send = Send to { $name }
sent = It’s on its way to { $name }. If it can’t arrive within a day, I’ll tell you. I keep no copy.
enough = That’s { $count } messages to { $name } today, which is as many as I carry in a day. Tomorrow there’s room again.
late = I couldn’t bring it to { $name } within a day, and I keep nothing for longer. Please write again on the next working day.
wrong = Please write something, at most 1,000 characters.
closed-now = You and { $name } can’t write to each other through me any more, so I haven’t sent this.

written = { $name } writes to you, through me:
written-note = Between these two sentences stand { $name }’s own words. I keep no copy.
answer = Answer { $name }
stop = Stop this
report = Report this

## The end

stopped = Done. Nothing more goes between you and { $name } through me. They hear only that this way is closed, not by whom.
closed = You and { $name } can’t write to each other through me any more. This way is closed now.
closed-lost = You and { $name } can’t write to each other through me any more. This way is closed now. What was still on its way didn’t arrive, and is gone.
lost = What you last wrote through me didn’t arrive in time, or I can’t tell whether it did. I’ve kept no copy of it.

## Reports

report-title = Tell the organisers
report-label = What they should see, if anything
report-hint = Copy in what was written, or leave it empty. They see your name and { $name }’s.
report-send = Tell the organisers
reported = Thank you. The organisers hear that you report { $name }, and see what you’ve chosen to show them. Nothing more goes between you and { $name } through me, and { $name } isn’t told by whom it was closed.
report-enough = The organisers have heard from you about { $name } already. If you’d like to tell them more, please write to one of them yourself.
report-lost = I couldn’t reach the organisers with your report. Please tell one of them yourself.
report-line = { $by } reports { $whom }, to whom I’ve introduced them. They could write to each other through me; I’ve kept none of it.
report-shows = { $by } would like you to see this:
report-note = I can’t check that it was written so.
report-nothing = { $by } has chosen to show nothing of what was written.
