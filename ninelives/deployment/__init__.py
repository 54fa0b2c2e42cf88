"""Deployment by `ninelives deploy`: looks at an AWS account, says what will be there, and has the CDK make it."""
