import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    """Greets whoever the event names."""
    name = event.get("name") or "world"
    logger.info("Greeting %s, %d ms left", name, context.get_remaining_time_in_millis())
    return {"greeting": f"Hello {name}!", "function": context.function_name}
