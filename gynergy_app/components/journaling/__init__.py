"""The paper a member writes on, and what keeps her words safe."""
