### The pulse: how the network's heads are, together. Nothing here depends on what anybody said.

says-pulse = Answer what I ask just now, or read what becomes of it.
menu-pulse = The pulse

## What is asked

bank = { $question }
ends = { $low } is { $first }, { $high } is { $last }.
own-label = The organisers’ own question
own = In the organisers’ own words: { $question }
heard-when = Think of when you last met others with us in these seven days. How true was this, that day?
told-by-phase = The totals are told by phase, where enough answered.
told-by-region = The totals are told by region, where enough answered.
added-up = I add it to a total and keep no record of who said what. You can change your mind until { $closes }.
answer = Answer
again = I had to start again, and the answers I had in memory are lost: I don’t know whose. So I’m asking everybody once more.
reminder = If you’d like to, there’s still time to say how things are, until { $closes }. Everybody I asked reads this line; I don’t know who has answered.
reminder-again = I had to start again, and the answers to this week’s question that I had in memory are lost: I don’t know whose. So I’m asking everybody once more, until { $closes }.

form-title = How are things?
form-send = Add it
thanks = Thank you. It’s added up with everybody else’s. You can answer again until it closes; only your last answer counts, and leaving everything empty takes it back.
not-now = There’s nothing for you to answer here just now. If this was a question of mine, it has closed.

## What is kept

nothing-now = I’m not asking anything just now.
kept = What I keep:
promise = Your answers are added up in the bot's memory. Until the round closes nothing about them, not even that you answered, is written to a file, log or backup; then only the rounded totals are. Whoever takes all our files learns no more than everybody reads. We cannot protect you from someone who controls the running bot or changes its program, from Slack or Discord, who carry your press, or from what totals show in a small group over many weeks. If the bot restarts before the round closes, we ask everybody again.
consent = I only ask those who say I may: each week in term a question or two about how you are as a leader, and when you met with us whether you felt heard, to be added up. You can change that with one press.
agree = Yes, ask me
disagree = No, don’t ask me
agreed = Thank you. I’ll ask you from the next time on.
told-so-far = What we told so far
disagreed = Of course. I won’t ask you, and what you said to a question that is still open isn’t counted.

## The diary

diary = My diary
diary-what = A diary is for you alone: once a week, if you like, how your week was for yourself, from 1 to 5, and a few words. I never ask for it; you find it here.
diary-sealed = It’s locked with a key of its own, which isn’t kept where the diaries are, and I show it to nobody but you. Whoever took both could read it; whoever took the diaries alone would see that you keep one and in which weeks you wrote, but no word and no number.
diary-no-pulse = While you keep a diary I don’t ask you the pulse: whoever had the key of the diaries could otherwise take your answers out of the totals. What you said to a question that is still open isn’t counted.
diary-start = Keep a diary
diary-empty = Nothing is written yet for the week of { $day }.
diary-stands = You’ve written for the week of { $day }. You can change it until the week is over.
diary-write = Write about this week
diary-change = Change this week
diary-question = How was your week, for yourself?
diary-1 = 1, very hard
diary-2 = 2
diary-3 = 3
diary-4 = 4
diary-5 = 5, very good
diary-words = Words of your own, if you like
diary-send = Keep it
diary-kept = It’s kept, for the week of { $day }, for you alone.
diary-unchosen = Please choose a number from 1 to 5. Nothing was changed.
diary-year = My year
diary-nothing = Nothing is written yet.
diary-wrote = In the week of { $day } you wrote:
diary-lost = There are weeks in it that I can’t open any more. I’m sorry.
diary-in-data = Only you see this here. All you wrote is in your data: /headsup data.
diary-alt = A picture: a bar for each week in which you wrote, between { $first } and { $last }. { $start } at first, { $end } last; between { $low } and { $high }.
diary-stop = Stop, and throw it away
diary-sure = This throws away what you wrote. It can’t be brought back.
diary-yes = Throw it away
diary-no = Keep it
diary-stopped = It’s thrown away, and you keep no diary any more. If you said I may ask you the pulse, I will again.
diary-none = You keep no diary just now. You find it behind /headsup pulse.

## What is told

result = What you told me in the week of { $day }:
result-heard = How it was to meet others with us, in the seven days before { $day }:
by-phase = By phase:
by-region = By region:
parts-elsewhere = How it was in parts is too long for a letter. One press shows it.
part-not-said = Not said
part-others = The others, told together
uncut-phase = By phase there’s nothing I could tell without telling of a small group.
uncut-region = By region there’s nothing I could tell without telling of a small group.
unreadable = I can’t read these figures any more.
too-few-answers = Fewer than ten people answered, so there’s nothing to tell, and nothing was kept.
rate-about = About { $rate }%
rate-all = Nearly all
rate = { $rate } of those asked answered. Numbers are rounded, so that they speak about nobody.
told-counts = about { $n }
told-shares = about { $n }%
told-hardly = hardly any
told-most = most
told-few = few
was-lost = I had to start again while this was open. What had been answered until then was lost, and I asked everybody once more.
said-did = You said, we did: { $reply }
said-did-day = About what you told me in the week of { $day }. You said, we did: { $reply }

## For organisers

says-pulse-new = Put together a question or two for everybody who said they may be asked.
says-pulse-preview = See what you put together as members would get it, and how many would.
says-pulse-open = Send it now.
says-pulse-close = Close what is open before its time.
says-pulse-results = The figures everybody reads, and what you did about them.
says-pulse-rota = What I ask by myself in the weeks to come.

new-title = Ask everybody
new-first = A first question
new-others = Others beside it, two at most
new-own = Or a question in your own words
new-own-hint = It is marked as yours, and counts as one of three. Please ask nothing that only one person could answer.
new-scale = How your own one is answered
new-cut = How the totals are told
new-cut-hint = Everybody asked is told so beforehand. Small groups are told together, or not at all.
cut-together = All together
cut-phase = By phase
cut-region = By region
new-send = Show me
error-cut = Please choose one of these ways.
error-question = That is no question I know.
error-long = That is longer than I can show. Could you say it in fewer words?
error-scale = Please choose how your own question is answered.
error-many = Three questions at most: ten seconds is all people have.
error-none = Please choose at least one question, or write your own.

preview = This is what members would get:
would-go = It would go to { $n } people. It needs at least { $fewest }, so that nobody stands out.
open = Send it now
open-question = Send this to everybody who said they may be asked?
open-yes = Send it
open-no = Not yet
drop = Throw it away
dropped = It’s thrown away. Nobody has heard of it.
no-draft = There’s nothing put together. Begin with /headsup-organise pulse new.
already-open = Something is open already. One at a time: people hear enough from me.
too-few = Fewer than { $fewest } people may be asked just now, and I ask nobody then: somebody would stand out.
opened = It’s on its way to { $n } people, outside their quiet hours, and closes { $closes }. The figures come with the Friday letter after that.
is-open = Something is open until { $closes }. I can’t see who has answered, nor how many: it stays in memory until it closes.
end = Close it now
end-question = Close it now? What is in by then is what counts.
end-yes = Close it
end-no = Leave it open
nothing-open = Nothing is open just now.
closed = It’s closed. The figures come with the next Friday letter; pulse results shows them now.
no-results = There are no figures yet.
rota = What I ask by myself, to whoever said I may, in weeks in which it is term for them. The first question is the same each week.
rota-none = There’s no term in the weeks to come, so I ask nothing by myself.
same-for-all = These are the figures that everybody reads on Friday. There are no others.
trend = How it went over the year
trend-of = How it went over the year: { $question }
trend-rounded = Numbers are rounded, and everybody reads the same.
earlier = Earlier ones
reply-open = You said, we did
reply-title = You said, we did
reply-label = What you did about it
reply-send = Tell everybody
reply-kept = It goes to everybody with the next Friday letter.
reply-none = Nothing will be said about it.
