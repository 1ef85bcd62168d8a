"""What `python -m gynergy_app` does for whoever runs the product."""
