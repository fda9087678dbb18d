"""The pure engine: facts and the law go in, deadlines with their reasons come out. It knows no clock.

Read `engine` first. The law is `kinds`, `timescale`, `conditions`, `periods`, `calendar`; how it is read from TOML
and refused where it is wrong: `toml_file`, `entry`, `reading`, `choices`, `overlay`, `tighter`, `agreement`,
`catalogue`. A history is worked out by `facts`, `counted`, `timeline`, `opening`, `relief`, `closing`, and put into
words by `wording`, `counting`, `explanation`, `description`. Around the engine stand `preview`, `what_if`, `running`
and `reach`.
"""
