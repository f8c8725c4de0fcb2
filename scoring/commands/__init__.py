"""The commands of the scoring engine, by what they are for; each reads its options, asks the engine and prints."""
