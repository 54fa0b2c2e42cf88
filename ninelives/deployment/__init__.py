"""What `ninelives deploy` does with an AWS account: looks at it, says what will be there, and has the CDK make it."""
