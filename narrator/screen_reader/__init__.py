"""Speech Dispatcher's requests in; sound, events, and a face that says the same out."""
