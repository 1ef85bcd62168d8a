"""What the screens about places show."""
