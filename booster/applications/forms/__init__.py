"""What comes in: answers to a call's questions, and the smaller forms around an application."""
