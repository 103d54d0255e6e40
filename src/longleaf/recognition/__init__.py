"""What a demonstrated competency is worth: renewal credit under the state's dated policy and the employer's decisions.

Owns: licences, other credits, the values that employers set, and the policy documents in force. It reads awards when a
ledger is asked for and stores decisions, never copies of facts.
"""
