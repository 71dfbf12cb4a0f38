### The question bank: what is asked, word for word where somebody else wrote it. Sources and licences: questions.py.

week-label = This week as a leader
week = How has this week been for you as a leader? 1 is very hard, 5 is very good.
hard-good-1 = 1, very hard
hard-good-2 = 2
hard-good-3 = 3
hard-good-4 = 4
hard-good-5 = 5, very good
hard-good = 1, very hard … 5, very good
band-hard = 1 or 2, hard
band-between = 3, in between
band-good = 4 or 5, good

satisfied-label = Satisfied with life
satisfied = Overall, how satisfied are you with your life nowadays? 0 is not at all, 10 is completely.
worthwhile-label = Things worthwhile
worthwhile = Overall, to what extent do you feel that the things you do in your life are worthwhile? 0 is not at all, 10 is completely.
happy-label = Happy yesterday
happy = Overall, how happy did you feel yesterday? 0 is not at all, 10 is completely.
anxious-label = Anxious yesterday
anxious = On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, overall, how anxious did you feel yesterday?
ten-0 = 0, not at all
ten-10 = 10, completely
ten = 0, not at all … 10, completely
band-low = 0 to 4, low
band-medium = 5 or 6, medium
band-high = 7 or 8, high
band-very-high = 9 or 10, very high
band-calm = 0 or 1, very low
band-little = 2 or 3, low
band-some = 4 or 5, medium
band-anxious = 6 to 10, high

lonely-label = How often lonely
lonely = How often do you feel lonely?
often-1 = Often or always
often-2 = Some of the time
often-3 = Occasionally
often-4 = Hardly ever
often-5 = Never
often = Often or always … Never
band-lonely = Often, always or some of the time
band-rarely-lonely = Occasionally, hardly ever or never

burnout-label = Level of burnout
burnout = Overall, based on your definition of burnout, how would you rate your level of burnout?
burnout-1 = I enjoy my work. I have no symptoms of burnout.
burnout-2 = Occasionally I am under stress, and I don’t always have as much energy as I once did, but I don’t feel burned out.
burnout-3 = I am definitely burning out and have one or more symptoms of burnout, such as physical and emotional exhaustion.
burnout-4 = The symptoms of burnout that I’m experiencing won’t go away. I think about frustration at work a lot.
burnout-5 = I feel completely burned out and often wonder if I can go on. I am at the point where I may need some changes or may need to seek some sort of help.
band-not-burnt = 1 or 2
band-burnt = 3 to 5, which counts as burnout

leaving-label = Leaving headship
leaving = How likely are you to leave headship within the next two years, for reasons other than retirement?
likely-1 = Very unlikely
likely-2 = Unlikely
likely-3 = Neither
likely-4 = Likely
likely-5 = Very likely
likely = Very unlikely … Very likely
band-stays = Unlikely or very unlikely
band-neither = Neither
band-leaves = Likely or very likely
