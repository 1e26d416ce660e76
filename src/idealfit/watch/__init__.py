"""Why now: public facts about companies, fetched safely, kept, proved with quotes, and weighed by their age.

The rooms inside, in order: `network`, `robots` and `fetching` bring pages home; `pages` keeps them; `page_text`,
`locations`, `technologies`, `jobs`, `filings` and `feeds` read them; `questions` and `verifying` answer a criterion;
`sources` is the door to whatever tells of events; `mentions` and `events` make one event of many mentions; `timing`
says what events are worth today; `inbox` lets a person judge them.
"""
