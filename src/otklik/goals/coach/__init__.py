"""The coach of goals: thirty rules on what makes an objective or a key result weak, with the reason for each."""
