### Whom somebody would rather not meet. Nobody else ever learns of it.

says-block = Say whom you’d rather not meet. Nobody is told.
takes-block = name or @mention

form-title = Just between us
form-label = Whom would you rather not meet?
form-hint = A first name, a surname or both, as you know them. Nobody is told, now or later.
form-send = Keep

noted = Noted.

whom-title = Whom you don’t meet
whom = I never introduce you to anybody who could be meant here. Nobody sees this but you.
whom-nobody = There’s nobody you’ve asked me not to introduce you to.
whom-note = I can’t say whether somebody of that name is a member, so that nobody can look for people this way.
whom-more = Somebody I’d rather not meet
whom-earlier = Whom I named earlier
whom-later = Whom I named later
meet-again = Meet { $who } again
meet-gone = Meet again: somebody who has left
