"""Tables of facts about actions, events, contexts, runners and advisories, each with the date it was true."""
