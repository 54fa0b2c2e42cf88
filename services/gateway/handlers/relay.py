"""Stream consumer: the outbox of the gateway's table goes to the bus."""

from stagekit.relay import relay

handler = relay()
