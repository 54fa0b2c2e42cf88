"""The local cloud: the deployed system on one machine, on an emulator of the AWS APIs (MiniStack)."""
