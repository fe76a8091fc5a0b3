"""The HrFlow edge: HTTP. Facts are in the reference hrflow-api; of ours it imports `domain` and `errors` only."""
