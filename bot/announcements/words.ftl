### Announcements: what organisers say to many at once.

says-announce-new = Write an announcement. Nothing leaves before you have seen it.
says-announce-list = The latest announcements, and how far each is.
says-announce-edit = Change an announcement, or put right one that has left.
says-announce-stop = Stop what hasn’t left yet.
says-announce-recall = Take an announcement back from everybody who has it.
menu-announce-new = Write an announcement
menu-announce-list = Announcements

## What everybody reads

from-organisers = From the organisers of this network.
from-news = From the organisers. You get this because you said yes to news; “settings” changes that.
picture = Picture: { $picture }
corrected = Corrected { $at }.
corrected-line = Corrected { $at }: { $line }
correction = A correction to “{ $title }”: { $line }
press-start = Start
press-seen = I’ve read this
thanks = Thank you. Organisers see roughly how many have read it, and not who.

## The forms

form-words-title = An announcement
form-words-send = Keep
form-correct-title = Put it right
form-correct-send = Put it right
form-words-name = A few words to stand above it
form-words = What is to be said?
form-does = What stands under it?
does-nothing = Nothing
does-link = A link
does-start = “Start”, for those who haven’t joined yet
does-seen = “I’ve read this”, roughly counted
form-link = For a link: where does it lead?
form-link-hint = It begins with https://
form-label = For a link: what does it say?
form-label-hint = Such as: Read the report
form-whom-title = Who gets it?
form-whom-send = Keep
form-sort = What is it?
sort-notice = A notice about the network
sort-news = News
sort-campaign = A campaign
form-where = How does it reach them?
where-channels = In the news channel
where-direct = Directly, to each of them
where-friday = In the next Friday letter
form-whom = Who is it for?
by-everyone = Everybody
by-role = One role
by-phase = One phase
by-region = One part of the country
by-nation = One nation
form-at = When?
form-at-hint = Empty: as soon as you press “Send”
form-picture-title = A picture
form-picture = Where is it? (https://…)
form-alt = What does it show?
form-alt-hint = For those who can’t see it. I never fetch the picture myself; it stands there as a link.
form-line-title = A correction
form-line = What is right?
form-line-hint = One line, such as: it begins at 19:00, not at 18:00.
form-line-send = Send the correction

error-title = Please give it a few words, 45 characters at most.
error-words = Please say something, in 1,000 characters at most.
error-choice = Please choose one of these.
error-link = Please give an address that begins with https://
error-label = Please say what the link says, in 40 characters at most.
error-at = That isn’t a time to come. Please choose another, or leave it empty.
error-channel = Everybody reads the channel. For some people only, please choose another way.
error-alt = Please say what the picture shows, for those who can’t see it.
error-line = Please say it in one line, 150 characters at most.

## Making one

kept-whom = “{ $title }” is kept, and nobody has seen it. Who is it for?
kept = “{ $title }” is kept, and nobody has seen it.
press-preview = Show me
press-words = Change the words
press-whom = Who gets it
press-picture = A picture
which = Choose one
which-people = Which of them? Only what ten members or more have in common is offered.
which-crowd = Which of these?
which-invite = Which one is it about?
none-offered = There is nothing of that kind to choose from just now.
whom-gone = Not chosen yet
no-such-people = I don’t know yet whom it is for, or not any more. Please choose again.
not-your-people = That’s for whoever looks after those people to say. Please choose somebody else.
too-few = Fewer than ten members are meant. I write to no group as small as that, so that nobody can be singled out.
not-now = This one can’t be changed just now. “announce list” shows how far it is.
an-organiser = an organiser

## The preview

preview-note = Above the line is exactly what they will see, the same on every platform. Nothing leaves before you press.
preview-changed = Something has changed since you looked, so nothing was sent. Please look at “{ $title }” once more.
preview-second = It goes to everybody, so a second organiser has to agree first.
fact-sort = What it is
fact-where = Where
fact-whom = For
fact-many = How many
fact-lasts = How long it takes
fact-when = When
fact-state = How far
fact-seen = Have read it
where-places = The news channel on { $places }
many = { $n } people
many-up-to = up to { $n } people
lasts = { $lasts }, outside everybody’s quiet hours
when-now = A minute after you press
do-not = These don’t get it:
some-do-not = Who is away, can’t be reached or hasn’t agreed to it doesn’t get it. How many that is I say only for everybody, or it would point at people.
reason-suspended = Suspended
reason-out = Not in yet, or stopped
reason-left = Left the workspace
reason-away = Away
reason-consent = Haven’t agreed to it
reason-unreachable = No account to write to
reason-others = For other reasons
a-few = a few
about-a-minute = about a minute
about-minutes = about { $n } minutes
about-hours = about { $n } hours
about-days = about { $n } days
press-send = Send to { $n } people
press-send-up-to = Send to up to { $n } people
press-post = Post it
past = The time you chose has passed. Please choose another under “Who gets it”.

## A second organiser

asks-second = { $by } would like to send “{ $title }” to everybody. A second organiser has to agree: please look at it first.
asked = “{ $title }” waits for a second organiser, who sees the same preview. Nothing has left.
no-second = It goes to everybody, so a second organiser has to agree, and there is none but you yet. Whoever runs me can name another, or set second_organiser = false under [announcements].
not-your-own = A second organiser has to agree to this one: you sent it yourself.
press-not-so = Not like this
not-so = “{ $title }” is a draft again, and nobody has seen it.

## While it goes

planned = “{ $title }” leaves { $at }. Until then it can be taken back.
planned-friday = “{ $title }” joins the Friday letter after { $at }. Until then it can be taken back.
press-undo = Undo
press-stop = Stop
progress = “{ $title }” is going out: { $percent }%.
progress-sent = Sent
progress-waiting = Waiting
progress-could-not = Could not be sent
progress-left = It takes { $left } more, as it goes now.
progress-all-out = “{ $title }” is all out.
stopped = “{ $title }” is stopped. Nothing more of it leaves; what was on its way arrives.
too-late = I was asleep for too long: “{ $title }” should have left { $at }, and did not. Nobody got it.

## Afterwards

list = The latest announcements:
list-none = There is no announcement here.
state-draft = a draft
state-asked = waits for a second organiser
state-planned = leaves by itself
state-sending = going out
state-sent = out
state-stopped = stopped
state-recalled = taken back
seen-about = about { $n }
seen-few = fewer than ten
press-correct = Put the words right
press-line = Correct in a line
press-recall = Take it back
press-leave-it = Leave it
sure-recall = Take this announcement away from everybody who has it?
too-old = That one is more than a month old, and I don’t know any more where it stands. Please write a new one.
correcting = I’m putting “{ $title }” right. Where I can’t, the right words come anew.
recalled = “{ $title }” is being taken away from everybody who has it.
recalled-had = “{ $title }” is being taken away. { $had } people had it already.

told-sent = { $by } sends “{ $title }”.
told-not-so = { $by } would rather not send “{ $title }” like this.
told-stopped = { $by } has stopped “{ $title }”. Nothing more of it leaves.
told-corrected = { $by } has put “{ $title }” right.
told-recalled = { $by } takes “{ $title }” back.
