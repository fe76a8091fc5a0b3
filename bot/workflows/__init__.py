"""What must be done to the end once it has begun: steps on a profile, in order."""
