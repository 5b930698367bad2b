import json
from urllib.parse import unquote_plus


def lambda_handler(event, context):
    """Writes one line of JSON for each object that was made or removed."""
    seen = [describe(record) for record in event["Records"]]
    for line in seen:
        print(json.dumps(line))
    return {
        "objects": len(seen),
        "bytes": sum(line["bytes"] for line in seen),
        "keys": [line["key"] for line in seen],
    }


def describe(record):
    bucket, item = record["s3"]["bucket"], record["s3"]["object"]
    return {
        "event": record["eventName"],
        "bucket": bucket["name"],
        # Keys arrive as in a URL: a space is a plus sign.
        "key": unquote_plus(item["key"]),
        # Removed objects have no size.
        "bytes": item.get("size", 0),
    }
