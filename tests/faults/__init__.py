"""What holds when things break: kills, failing disks, flipped bits, wrong bytes, many at once."""
