"""What is said, as English sentences with places for names. Times are shown in the programme's zone."""

SENTENCES = {
    # wall-clock times that needed a decision
    "hour_missing": "{hour} on {date} does not exist in {zone} (the clocks go forward); {instead} is taken.",
    "hour_repeats": "{hour} on {date} happens twice in {zone} (the clocks go back); the first is taken.",
    "hour_repeats_end": "{hour} on {date} happens twice in {zone} (the clocks go back); the second is taken.",
    # one session at its place
    "outside_days": "'{a}' ({when}) lies outside the days of the programme. Move it into one of them.",
    "in_break": "'{a}' ({when}) runs into {b} ({other}). Move one of them.",
    "pinned_elsewhere": "'{a}' ({when}, {room}) is pinned to {other}, {pinned}. Put it back or free it.",
    "room_closed": "'{a}' is in {room} ({when}), which is not open all that time. Take another room or time.",
    "room_small": "'{a}' expects {audience} people and {room} holds {capacity}. Take a larger room.",
    "room_lacks": "'{a}' needs {item}, and {room} has none. Take another room.",
    "room_avoids": "'{a}' must not be where there is {item}, as in {room}. Take another room.",
    "room_online": "'{a}' is held in person and {room} is an online channel. Take a real room.",
    "room_real": "'{a}' is held online and {room} is no online channel. Take a channel.",
    "speaker_away": "{speaker} speaks in '{a}' ({when}) and is free only {free}. Move it or ask {speaker}.",
    "speaker_absent": "{speaker} speaks in '{a}' ({when}) and is not free that day. Move it or ask {speaker}.",
    "speaker_hours": "{speaker} would speak online in '{a}' from {local} local time, not within 07:00-21:00. "
    "Move it or agree.",
    "group_hours": "{group} would attend '{a}' online from {local} in {zone}, outside 07:00-21:00. Move it or agree.",
    # two sessions
    "room_overlap": "'{a}' and '{b}' are both in {room} ({when}). Move one of them to another room or time.",
    "speaker_overlap": "{name} speaks in '{a}' and in '{b}' at the same time ({when}). Move one of them.",
    "group_overlap": "{name} attends '{a}' and '{b}' at the same time ({when}). Move one of them.",
    "track_overlap": "'{a}' and '{b}' of track {name} run at the same time ({when}). Move one of them.",
    "speaker_pause": "{name} has {left} minutes between '{a}' and '{b}' and needs {needed}. Move '{b}'.",
    "group_pause": "{name} has {left} minutes between '{a}' and '{b}' and needs {needed}. Move '{b}'.",
    "track_pause": "Track {name} has {left} minutes between '{a}' and '{b}' and needs {needed}. Move '{b}'.",
    "speaker_travel": "{name} has {left} minutes from '{a}' to '{b}' in another venue; "
    "the way takes {needed}. Move '{b}'.",
    "group_travel": "{name} has {left} minutes from '{a}' to '{b}' in another venue; "
    "the way takes {needed}. Move '{b}'.",
    "track_travel": "Track {name} has {left} minutes from '{a}' to '{b}' in another venue; "
    "the way takes {needed}. Move '{b}'.",
    "order": "'{b}' begins before '{a}' has ended, and must come after it. Move '{b}'.",
    "gap_short": "'{b}' begins {left} minutes after '{a}' and must wait {needed}. Move '{b}'.",
    "gap_long": "'{b}' begins {left} minutes after '{a}' and may wait at most {needed}. Move '{b}'.",
    "homework": "'{b}' is {left} days after '{a}' and needs {needed} for the homework. Move '{b}'.",
    "same_day": "'{a}' ({when}) and '{b}' ({other}) must be on one day. Move '{b}'.",
    "apart": "'{a}' and '{b}' must not run at the same time ({when}). Move one of them.",
    # more than two
    "lunch": "{name} has no {needed} minutes free for lunch between {start} and {end} on {date}, at most {left}, "
    "because of {names}. Move one of them.",
    "frontal": "{name} sits through {left} minutes in a row of {names} ({when}); "
    "at most {needed} are allowed. Move '{b}'.",
    "crowd": "{left} people would be in {names} at the same time ({when}); at most {needed} are allowed. Move '{b}'.",
    # no timetable: found without a search
    "circle": "These sessions wait for each other in a circle: {chain}. Take one of these orders away.",
    "no_window": "{speaker} has no free time during the programme and speaks in {names}. "
    "Ask {speaker} or leave it out.",
    "too_long": "'{a}' takes {needed} minutes and the longest time without a break is {left}. Shorten or split it.",
    "no_room": "No room suits '{a}': {why}. Change the room or the session.",
    "no_start": "'{a}' fits nowhere: its speakers, rooms and days share no {needed} minutes. Ask {names}.",
    "no_start_rooms": "'{a}' fits nowhere: no suitable room is open for {needed} minutes of the programme. Open one.",
    "pinned_wrong": "'{a}' is pinned to {when} in {room}, which breaks a rule. Free it or change the rule.",
    "frontal_long": "'{a}' takes {needed} minutes, more than the {left} in a row allowed. Shorten or split it.",
    "track_full": "Track {name} needs {needed} minutes with its breaks and has {left}. Leave sessions out or add time.",
    "speaker_full": "{name} speaks for {needed} minutes and is free for {left} of them. Ask {name} for more time.",
    "group_full": "{name} attends {needed} minutes and has {left}. Leave sessions out or add time.",
    "rooms_full": "Sessions for {name} need {needed} minutes and these rooms have {left}. Add a room or time.",
    "track_count": "Track {name} has {needed} sessions of {size} minutes or more and time for {left}. Leave some out.",
    "speaker_count": "{name} speaks in {needed} sessions of {size} minutes or more and has time for {left}. "
    "Ask for more.",
    "group_count": "{name} attends {needed} sessions of {size} minutes or more and has time for {left}. "
    "Leave some out.",
    "rooms_count": "There are {needed} sessions of {size} minutes or more for {name} and time for {left}. Add a room.",
    "chain_long": "The chain {chain} does not fit: '{b}' finds no time after the others. Add time or loosen the order.",
    # no timetable: found by search
    "together": "Every session fits somewhere, but not all of them together.",
    "ask": "Ask {speaker} to come for '{a}' on {when}.",
    "leave_out": "Leave '{a}' out.",
    # proof
    "optimal": "No timetable keeps the rules better.",
    "bound": "The search stopped; {names} could still be better by at most {gaps}.",
}
