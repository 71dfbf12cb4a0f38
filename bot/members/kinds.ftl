### The words of `kinds.py`: roles, phases, nations, how often, years, times and topics, as they stand inside a sentence.

role-headteacher = headteacher
role-executive-head = executive head
role-head-of-school = head of school
role-interim-or-acting-head = interim or acting head
role-deputy = deputy head
role-assistant-head = assistant head
role-trust-chief-executive = trust chief executive
role-former-or-between-headships = former head, or between headships
role-aspiring-head = aspiring head
role-coach-or-associate = coach or associate
role-chair-of-governors = chair of governors

phase-nursery = nursery
phase-primary = primary
phase-middle = middle
phase-secondary = secondary
phase-all-through = all-through
phase-post-16 = post-16
phase-special = special
phase-alternative-provision = alternative provision

nation-england = England
nation-wales = Wales
nation-scotland = Scotland
nation-northern_ireland = Northern Ireland

often-weekly = every week
often-fortnightly = every two weeks
often-monthly = every four weeks

years-under-1 = less than a year as a head
years-1-2 = 1 or 2 years as a head
years-3-5 = 3 to 5 years as a head
years-6-10 = 6 to 10 years as a head
years-11-15 = 11 to 15 years as a head
years-16-20 = 16 to 20 years as a head
years-over-20 = more than 20 years as a head

time-monday-before = Mondays before school
time-monday-after = Mondays after four
time-monday-evening = Monday evenings
time-tuesday-before = Tuesdays before school
time-tuesday-after = Tuesdays after four
time-tuesday-evening = Tuesday evenings
time-wednesday-before = Wednesdays before school
time-wednesday-after = Wednesdays after four
time-wednesday-evening = Wednesday evenings
time-thursday-before = Thursdays before school
time-thursday-after = Thursdays after four
time-thursday-evening = Thursday evenings
time-friday-before = Fridays before school
time-friday-after = Fridays after four
time-friday-evening = Friday evenings
time-saturday-morning = Saturday mornings
time-saturday-afternoon = Saturday afternoons
time-sunday-afternoon = Sunday afternoons
time-sunday-evening = Sunday evenings

# One of those times, inside a sentence.
once-monday-before = Monday before school
once-monday-after = Monday after four
once-monday-evening = Monday evening
once-tuesday-before = Tuesday before school
once-tuesday-after = Tuesday after four
once-tuesday-evening = Tuesday evening
once-wednesday-before = Wednesday before school
once-wednesday-after = Wednesday after four
once-wednesday-evening = Wednesday evening
once-thursday-before = Thursday before school
once-thursday-after = Thursday after four
once-thursday-evening = Thursday evening
once-friday-before = Friday before school
once-friday-after = Friday after four
once-friday-evening = Friday evening
once-saturday-morning = Saturday morning
once-saturday-afternoon = Saturday afternoon
once-sunday-afternoon = Sunday afternoon
once-sunday-evening = Sunday evening

topic-ethical-leadership = ethical leadership
topic-emotional-intelligence = emotional intelligence
topic-educational-vision = educational vision
topic-change-leadership = leading change
topic-peer-coaching = peer coaching
topic-staffing = staffing
topic-staff-wellbeing = looking after staff
topic-workload = workload
topic-behaviour = behaviour
topic-attendance = attendance
topic-send = SEND
topic-inclusion = inclusion
topic-safeguarding = safeguarding
topic-curriculum = curriculum
topic-budgets = budgets
topic-buildings = buildings
topic-inspection = inspection
topic-governors = governors
topic-parents = parents
topic-community = the community around the school
topic-trusts = working in or with trusts
topic-small-schools = small schools
topic-early-headship = early headship
