"""The workbench: the casebook's pages in the browser, for one person or a team. Its acts are the casebook's."""
