import json
import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    """Works on a batch of messages; only those that failed are delivered again."""
    failed = []
    for record in event["Records"]:
        try:
            process(json.loads(record["body"]))
        except Exception:
            logger.exception("Message %s failed", record["messageId"])
            failed.append({"itemIdentifier": record["messageId"]})
    logger.info("%d of %d messages done", len(event["Records"]) - len(failed), len(event["Records"]))
    return {"batchItemFailures": failed}


def process(order):
    """Your work on one message goes here. What it raises makes the message fail."""
    if order["quantity"] < 1:
        raise ValueError(f"Order {order['id']} has no items")
    logger.info("Order %s: %d items", order["id"], order["quantity"])
