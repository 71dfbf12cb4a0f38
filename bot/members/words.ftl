### Who belongs: profile, settings, pause, leaving; and what organisers see of those who wait.

## Commands: what help says, and the buttons of the menu

says-profile = See what a partner sees of you, and change it.
menu-profile = My profile
says-settings = What I may do and when I may write: each with one press.
menu-settings = My settings
says-pause = Be left alone: this week, until a date, or until you say.
menu-pause = Pause
takes-pause = this week, until I say, or a Monday
says-back = End your pause.
menu-back = I’m back
says-data = Get everything I hold about you, as a file in our direct messages.
menu-data = My data
says-leave = Stop, or be forgotten.
menu-leave = Leave
says-members-waiting = Who waits for an organiser to vouch for them.
menu-members-waiting = Who waits for a vouch
says-members-vouch = Vouch for somebody who waits, found by their name.
takes-members-vouch = name
says-members-suspend = Stop somebody’s introductions and messages at once.
takes-members-suspend = name
menu-members-suspend = Suspend somebody

## The card

card-name = Name
card-role = Role
card-phase = Phase
card-school = School
card-region = Part of the country
card-years = Experience
card-topics = Would like to talk about
card-times = Usually free
card-reach = How to reach you
card-anything = anything

## Profile

profile-title = Your profile
profile-opening = This is what somebody sees when I introduce you.
profile-shared = Of topics and times, they hear only those that are theirs too.
profile-between-us = This stays between us. What may be shown, you choose in your settings.
profile-reach = This I tell only to somebody I introduce to you whom I can’t bring together with you in one place, and only if they’ve told me the same of themselves.
profile-edit = Change this
profile-school = My school
profile-settings = My settings
profile-kept = Thank you, that’s kept.

edit-title = Your profile
edit-name = Your name
edit-role = Your role
edit-nation = Where you work
edit-phase = Phase
edit-topics = What you’d like to talk about
edit-topics-hint = Leave it empty, and anything goes.
edit-send = Keep

## One question at a time

question-select = Add or change one thing
question-topics = What I’d like to talk about
question-times = When I’m free
question-years = How long I’ve been a head
question-trust = My trust
question-reach = How I like to be reached
question-zone = My time zone
question-language = My language
question-often = How often I’m introduced

ask-topics = What to talk about
ask-times = When you’re free
ask-years = Your experience
ask-trust = Your trust
ask-reach = How to reach you
ask-zone = Your time zone
ask-often = How often
times-label = When you’re usually free to talk
times-hint = Leave it empty, and any time goes.
years-label = How long have you been, or were you, a head?
years-hint = Nobody sees it unless you say so in your settings.
years-unsaid = I’d rather not say
trust-label = The name of your trust
trust-hint = Nobody sees it. I never introduce you to somebody from your own trust.
reach-label = How you like to be reached
reach-hint = Such as a number. Seen only by somebody who isn’t where you are, and only if they say theirs.
zone-label = A city that keeps the same time as you
zone-hint = A large one, or a capital.
zone-found = Is it one of these?
zone-select = Your time zone
zone-nothing = I couldn’t find a city like that. A larger one that keeps the same time will do, or a capital.
zone-again = Look for another city
zone-offered = Your account here keeps the time of { $zone }. I keep it too only if you say so.
zone-take = Use the time of { $zone }
zone-other = Choose another city
zone-same = Same time as the network
zone-change = Change my time zone
language-only = I write in English; it’s the only language I know so far.

friday-topics = A small question, only if you like: what would you like to talk about with whoever you meet?
friday-times = A small question, only if you like: when are you usually free to talk?
friday-years = A small question, only if you like: how long have you been, or were you, a head? Nobody sees it unless you say so.
friday-trust = A small question, only if you like: are you part of a trust? I’d never introduce you to somebody from your own.
answer-topics = Say what I’d like to talk about
answer-times = Say when I’m free
answer-years = Say how long I’ve been a head
answer-trust = Name my trust
asks-stopped = Of course. I won’t ask small questions any more. If you’d like them back, one press in your settings is enough.

## School

school-ask = Which school are you at? It fills in the rest. An organiser sees it when they let you in; those I introduce you to see it only if you say so.
school-find = Find my school
school-type = Type in my school
school-skip = Skip
school-none = I have no school
school-search-title = Find your school
school-search-label = A few letters of its name, or its town
school-search-send = Look
school-found = Is it one of these? If not, look again, or type it in.
school-select = Your school
school-nothing = I couldn’t find a school like that. Only schools in England are in my register; you can type in any other.
school-again = Look again
school-type-title = Your school
school-type-label = The name of your school
school-type-send = Keep

## Settings

settings-title = Your settings
settings-opening = Each button changes one thing, at once; another press changes it back. Nobody is told.
settings-introductions = Introductions
settings-messages = Messages from me
settings-news = News and campaigns
settings-school = My school
settings-region = My part of the country
settings-years = My experience
settings-trust = Trust
settings-weekends = At weekends
settings-holidays = In the holidays
settings-zone = Time zone
settings-zone-same = the same as the network’s
settings-often = How often
settings-asks = Small questions on Fridays
settings-asks-on = now and then
settings-asks-off = never
yes = Yes
no = No
settings-shown = shown to those I introduce you to
settings-hidden = shown to nobody
settings-quiet = I stay quiet
settings-writes = I may write

whom-not = Whom I don’t meet
introductions-on = Introduce me
introductions-off = Don’t introduce me
messages-on = Write to me
messages-off = Don’t write to me
news-on = Send me news
news-off = No more news
school-on = Show my school
school-off = Hide my school
region-on = Show my part of the country
region-off = Hide my part of the country
years-on = Show my experience
years-off = Hide my experience
asks-on = Ask me small questions
asks-off = Don’t ask me small questions
weekends-on = Weekends too
weekends-off = Not at weekends
holidays-on = Holidays too
holidays-off = Not in the holidays
often-select = How often may I introduce you?
settings-need-messages = To introduce you I need to be able to write to you here: please press “Write to me” too.

## Pause and back

pause-title = A pause
pause-ask = For how long shall I leave you alone? I don’t ask why, and keep only the day you come back.
pause-week = This week
pause-date = Until a date
pause-open = Until I say
pause-form-title = Until when?
pause-form-label = Quiet until
pause-form-send = Pause
paused-until = Of course. I’ll be quiet until { $day }. Somebody you’ve been introduced to this week hears only that you can’t make it. Come back whenever you like.
paused-open = Of course. I’ll be quiet until you say. Somebody you’ve been introduced to this week hears only that you can’t make it. Come back whenever you like.
im-back = I’m back
back = Good to have you here. Nothing is paused, and you’re part of the introductions.
back-waiting = Good to have you here, and nothing is paused. Somebody who knows this network still has to let you in; I’ll write as soon as they have.

home-quiet-until = I’m being quiet until { $day }. Come back whenever you like.
home-quiet = I’m being quiet until you say. Come back whenever you like.

## Leaving

leave-title = Leaving
leave-ask = You can stop: I go quiet, keep your profile, and you can come back to it. Or I forget you: I delete what I hold about you and, if you like, everything I wrote to you in our direct messages. Which shall it be?
leave-stop = Stop, and keep my profile
leave-erase = Forget me
leave-erase-all = Forget me, and delete what you wrote to me here
leave-stay = Stay
erase-question = Forget you for good? This can’t be undone.
erase-all-question = Forget you for good, and delete everything I wrote in our direct messages? This can’t be undone.
erase-yes = Yes, forget me
erase-no = No, keep me
stayed = Good. Nothing has changed.
stopped = Done. I won’t write again. Your profile is kept for the day you want it back. Thank you for the time you gave other heads. Look after yourself.
goodbye = Done. I’ve deleted what I held about you and won’t write again. What you wrote to others stays with them; our backups forget within 30 days. I keep one scrambled mark for each account, so that if you come back, I don’t greet you as new, an organiser lets you in again, and nobody meets whom they’d rather not.
goodbye-all = What I wrote in our direct messages goes too, within a few minutes. What was said where others were with us stays.
goodbye-thanks = Thank you for the time you gave other heads. Look after yourself.

## My data

data-title = Your data
data-ask = I can send you everything I hold about you: your profile, what you agreed to, whom you’ve been introduced to, without the others’ names, and what you answered. It comes as a file, in our direct messages.
data-seen-by = Anybody who can look at your screen can see it there, and so can whoever may export this workspace’s messages. I take the file away again after 24 hours.
data-send = Send me my data
data-question = Send the file to our direct messages now? It stays there for 24 hours.
data-yes = Yes, send it
data-no = Not now
data-sent = It’s on its way to our direct messages, or there already. I’ll take it away after 24 hours.
data-here = Here is everything I hold about you. I’ll take this file away again after 24 hours, so save it if you’d like to keep it.
data-nothing = There’s nothing to send: I hold nothing about you here. If you were here before and asked me to forget you, all that’s left is one scrambled mark for your account.

## Organisers

waiting-title = Waiting for a vouch
waiting-none = Nobody is waiting for a vouch.
waiting-opening = Vouch only for those you know to be who they say. They hear at once that they’re in.
waiting-since = { $who }. Came on { $when }.
waiting-earlier = Who came earlier
waiting-more = Who came later
vouch = Vouch for { $name }
greet = Vouch and say hello
greet-named = Vouch and say hello to { $name }
greeting-title = Vouch and say hello
greeting-label = Your words to them
greeting-hint = They see this with your name, once they’re in. A line or two is plenty.
greeting-send = Vouch and send
greeting-by = { $by } writes:
in-already = { $name } is in already, so there’s nothing left to do.
error-greeting = Please write a line or two, at most 300 characters. To vouch without a word, press the other button.
not-now = Not now
not-now-said = That’s fine. { $name } keeps waiting, and isn’t told. The list of all who wait is here whenever you want it.
who-waits = See who waits
vouched = { $name } is in. { $by } vouched for them.
an-organiser = An organiser
in-title = You are in
in = Good news, { $name }: an organiser has vouched for you, so you’re in. I’ll introduce you to another head as soon as I can, usually on a Monday morning.
in-unintroduced = Good news, { $name }: an organiser has vouched for you, so you’re in. I won’t introduce you to anybody until you say so in your settings.

suspend-search-title = Suspend somebody
suspend-search-label = A few letters of their name
suspend-search-send = Look
suspend-none = I couldn’t find anybody of that name who has joined.
suspend-found = Who is it?
suspend-select = Members found
suspend-ask = { $name } would be introduced to nobody, and hear nothing from me, until you let them back in. Whoever they’re introduced to this week hears only that they can’t make it. Other organisers see that you did this.
suspend-is = { $name } is suspended: no introductions, and nothing from me.
suspend = Suspend { $name }
restore = Let { $name } back in
suspended = Done. { $name } is suspended.
restored = Done. { $name } is back in.
told-suspended = { $by } suspended { $name }.
told-restored = { $by } let { $name } back in.

## When something can’t be done

nobody = I can’t find that person. Perhaps they’ve left meanwhile.
suspended-you = An organiser has put your membership on hold, so I can’t do that. They can tell you more.
stopped-you = You’ve stopped, so I’m quiet already. Come back whenever you like.
not-in = You haven’t finished joining yet. It takes a minute.
error-name = Please tell me your name: any way you like to be called.
error-choice = Please choose one from the list.
error-school = Please write the name of your school, in one line.
error-day = Please choose one of the days offered.
too-new = This account was connected to yours less than a day ago, so that isn’t open here yet. From your first account you can do it now.
