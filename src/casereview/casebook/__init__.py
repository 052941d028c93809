"""The casebook: what the team has recorded, every act of it audited, nothing of it overwritten."""
