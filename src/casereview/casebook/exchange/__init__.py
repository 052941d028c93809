"""The casebook's content in the forms of others: as a REFI-QDA project, as annotations, as one table; and projects taken in."""
