"""应报未报: who has filed which month, who has not, and the two things a person may say instead of filing."""
