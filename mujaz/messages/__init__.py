"""What an editor is told: messages as ids with arguments, and their words in each language."""
