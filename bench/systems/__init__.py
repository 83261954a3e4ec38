"""What is compared, each behind the interface of `bench.systems.system`."""
