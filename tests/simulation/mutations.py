"""The planted bugs. The simulation must find each of them."""

from __future__ import annotations

from tests.simulation.planting import WORKFLOW, Mutation

GATEWAY, CAMPAIGN = "services.gateway", "services.campaign"
REPOSITORY, FEED = f"{GATEWAY}.adapters.turn_repository", f"{GATEWAY}.adapters.feed_items"
ERASING = f"{GATEWAY}.application.erasing"
CLOSING, STORE = f"{GATEWAY}.application.turns.closing", f"{CAMPAIGN}.adapters.campaign_store"

MUTATIONS: tuple[Mutation, ...] = (
    # Admission
    Mutation(
        "a turn's id forgets the key",
        f"{GATEWAY}.domain.keys",
        "f'turn|{player}|{campaign_id}|{key}'",
        "f'turn|{player}|{campaign_id}'",
    ),
    Mutation(
        "a campaign's id forgets the key",
        f"{GATEWAY}.domain.keys",
        "f'campaign|{player}|{key}'",
        "f'campaign|{player}'",
    ),
    Mutation(
        "a key is good for another action",
        f"{GATEWAY}.domain.admission",
        "if used is not None and used != request.fingerprint:",
        "if used is None and seen.turn and seen.key:",
    ),
    Mutation(
        "anybody may play a campaign",
        f"{GATEWAY}.domain.admission",
        "if gate is None or gate.owner != request.player:",
        "if gate is None:",
    ),
    Mutation(
        "a shut gate is admitted through", f"{GATEWAY}.domain.admission", "if gate.active_turn:", "if not gate.owner:"
    ),
    Mutation(
        "a refusal is believed at the first look",
        f"{GATEWAY}.application.turns.taking",
        "except GATE_SHUT:\n        seen = _look(request, quota, deps)\n",
        "except ZeroDivisionError:\n        seen = _look(request, quota, deps)\n",
    ),
    Mutation(
        "what was admitted by a race counts as this request's",
        f"{GATEWAY}.application.turns.taking",
        "if deps.turns.admit(decision):",
        "if deps.turns.admit(decision) or True:",
    ),
    Mutation(
        "a conflict counts as written",
        "stagekit.transactions",
        "            pause(PAUSE * random.uniform(0, tried))\n",
        "            return None\n",
    ),
    Mutation(
        "conditions that failed count as held",
        "stagekit.transactions",
        "return [code == FAILED for code in codes]",
        "return [code == CONFLICT for code in codes]",
    ),
    Mutation(
        "running is written over an end",
        REPOSITORY,
        'ConditionExpression=f"#status = :accepted{also}"',
        'ConditionExpression=f"#status <> :accepted OR #status = :accepted{also}"',
    ),
    # Closing
    Mutation("the gate stays shut", REPOSITORY, 'freed = " REMOVE active_turn" if', 'freed = "" if'),
    Mutation(
        "the gate's counter stands still",
        REPOSITORY,
        '":next": gate.sequence + 1, ":seen": gate.sequence,',
        '":next": gate.sequence, ":seen": gate.sequence,',
    ),
    Mutation(
        "an end is told as another turn's",
        f"{GATEWAY}.domain.turn_view",
        "number=committed.number,",
        "number=committed.number + 1,",
    ),
    Mutation(
        "the deadline forgets what was committed",
        CLOSING,
        "    if voided.committed:",
        "    if voided.committed is not None and not voided:",
    ),
    Mutation(
        "the deadline closes what is closed", CLOSING, "if turn and not turn.finished:", "if turn and turn.finished:"
    ),
    # The feed
    Mutation(
        "the feed forgets what it marked",
        FEED,
        'return [_new(table, each, _mark(each.id), {"sequence": each.sequence}) for each in events]',
        "return []",
    ),
    Mutation("the feed's count skips one", FEED, '":next": events[-1].sequence,', '":next": events[-1].sequence + 1,'),
    # The campaign
    Mutation(
        "a record is written over its tombstone",
        STORE,
        '{"Put": {"TableName": self._table, "Item": item, "ConditionExpression": ABSENT}}',
        '{"Put": {"TableName": self._table, "Item": item}}',
    ),
    Mutation("a tombstone is written over a record", STORE, "                ConditionExpression=ABSENT,\n", ""),
    Mutation(
        "giving up forgets what was committed",
        STORE,
        'return read_turn(first["Item"])',
        "return VoidedTurn(reason)",
    ),
    Mutation(
        "a lost race counts as a commit",
        STORE,
        "            if not passes(error):\n                raise\n            return False\n",
        "            if not passes(error):\n                raise\n            return True\n",
    ),
    Mutation("what a turn cost is forgotten", STORE, "base.spent + turn.telling.usage.micro_dollars", "base.spent"),
    Mutation(
        "an event takes the place of the one before",
        f"{CAMPAIGN}.application.persist_turn",
        "sequence=base.sequence + 1",
        "sequence=base.sequence",
    ),
    Mutation(
        "a commit leaves its event out",
        STORE,
        "return self._write([advance, self._put(record), self._put(remembered), *self._outbox(events)])",
        "return self._write([advance, self._put(record), self._put(remembered)])",
    ),
    Mutation(
        "the state is written in a request of its own",
        STORE,
        "return self._write([advance, self._put(record), self._put(remembered), *self._outbox(events)])",
        "return self._write([advance]) and "
        "self._write([self._put(record), self._put(remembered), *self._outbox(events)])",
    ),
    Mutation(
        "a repeated beginning answers with a new seed",
        f"{CAMPAIGN}.application.create",
        "    return first_answer(request.envelope, fingerprint(request), store)",
        "    return reply",
    ),
    Mutation(
        "a fork begins a turn late",
        f"{CAMPAIGN}.application.fork",
        "state = fork_state(store.after(lineage[-1])",
        "state = fork_state(parent.state",
    ),
    # Idempotency
    Mutation(
        "a model is asked without its key",
        "stagekit.idempotency",
        "if earlier := claims.begin(claim):",
        "if claims.begin(claim) and (earlier := None):",
    ),
    Mutation(
        "a roll's key forgets its number",
        "services.tools.domain.dice",
        'return f"{self._outcome_key}/{len(self._rolls)}"',
        'return f"{self._outcome_key}/0"',
    ),
    Mutation(
        "dice are drawn and not derived",
        "services.tools.domain.dice",
        'f"{key}#{block}".encode()',
        'f"{key}#{block + count}".encode()',
    ),
    # The workflow
    Mutation("a tool's key forgets its index", WORKFLOW, "& '/' & $string($states.input.index)", "& '/' & '0'"),
    Mutation(
        "a tool's key forgets its round",
        WORKFLOW,
        "'idempotency_key': $turn & '/' & $string($round_number) & '/' & $string($states.input.index)",
        "'idempotency_key': $turn & '/0/' & $string($states.input.index)",
    ),
    Mutation("the master's key forgets its round", WORKFLOW, "'/dm/' & $string($round_number)", "'/dm/' & '0'"),
    Mutation("a turn fails without being voided", WORKFLOW, '"Next": "VoidTurn"', '"Next": "FailTurn"'),
    # Events
    Mutation(
        "what the bus refused counts as taken",
        "stagekit.publishing",
        'if not answer["FailedEntryCount"]:',
        "if answer:",
    ),
    Mutation(
        "a call of the bus that failed counts as taken",
        "stagekit.publishing",
        "return [type(error).__name__] * len(waiting)",
        "return [None] * len(waiting)",
    ),
    Mutation(
        "only the first ten facts are published",
        "stagekit.publishing",
        "for start in range(0, len(waiting), ENTRIES_PER_CALL):",
        "for start in (0,):",
    ),
    Mutation(
        "what failed is acknowledged",
        "stagekit.consumer",
        "            return [found[0].message]\n",
        "            return []\n",
    ),
    Mutation(
        "one failure of a batch acknowledges the rest",
        "stagekit.consumer",
        "return [message for each in found for message in _consume_together(operation, consume, [each])]",
        "return _consume_together(operation, consume, found[:1])",
    ),
    Mutation(
        "an insert that was throttled counts as taken",
        "stagekit.inserts",
        "            raise Transient(unknown[0])",
        "            codes = [code and TAKEN for code in codes]",
    ),
    Mutation(
        "a read that was throttled finds nothing",
        "stagekit.reads",
        '    if answer.get("UnprocessedKeys"):',
        '    if answer.get("Nothing"):',
    ),
    Mutation(
        "a row is replaced whatever it became",
        f"{CAMPAIGN}.adapters.projection_table",
        '{"ConditionExpression": "line = :before", "ExpressionAttributeValues": values}',
        "{}",
    ),
    Mutation(
        "of a batch the projection takes the first",
        f"{CAMPAIGN}.application.project",
        "        for event in events:\n            absorbed",
        "        for event in events[:1]:\n            absorbed",
    ),
    Mutation(
        "a row that another event has changed breaks its consumer",
        f"{CAMPAIGN}.application.project",
        "        pause(tried)\n",
        "        raise LookupError(tried)\n",
    ),
    Mutation(
        "an older turn's figures win",
        f"{CAMPAIGN}.domain.projection",
        "row.figures.sequence > figures.sequence:",
        "row.figures.sequence < 0:",
    ),
    Mutation(
        "an event is counted as often as it comes",
        "services.metrics.adapters.cost_table",
        '"ConditionExpression": " AND ".join(f"attribute_not_exists({name})" for name in names),',
        '"ConditionExpression": "attribute_not_exists(gone)",',
    ),
    Mutation(
        "one counted event keeps its batch from counting",
        "services.metrics.adapters.cost_table",
        "                for known in self._list_marked(turn) if is_taken else ():\n",
        "                for known in [event.event_id for event in some]:\n",
    ),
    Mutation(
        "the chronicle forgets names",
        "services.chronicle.adapters.chronicle_table",
        "            unheard_of -= known.words\n",
        "            unheard_of &= known.words\n",
    ),
    Mutation(
        "the record's chain waits for nobody",
        "services.audit.application.record",
        "            if follower > head.sequence + 1:\n",
        "            if follower < head.sequence:\n",
    ),
    Mutation(
        "a duplicate does not mend the chain",
        "services.audit.application.record",
        "        if not entry.is_progress:\n            facts.setdefault",
        "        if not entry.is_progress and not duplicates[0]:\n            facts.setdefault",
    ),
    # Erasure
    Mutation(
        "an erasure looks once",
        f"{ERASING}.working",
        '            step(erasure, "again")\n',
        "            continue\n",
    ),
    Mutation(
        "an erasure waits for nobody", f"{ERASING}.working", "        self._await_silence(erasure)\n", "        pass\n"
    ),
    Mutation(
        "an e-mail outlives its player",
        f"{GATEWAY}.adapters.account_register",
        "            if commit(self._client, [mine, self._delete(_of_email(account))]):\n",
        "            if commit(self._client, [mine]):\n",
    ),
    Mutation(
        "kept replies are not forgotten",
        "services.dm.handlers.forget",
        '    forget("invoke_dungeon_master", request.turns, STEPS.dm, claimed=True)\n',
        "",
    ),
    # Accounts and lines
    Mutation(
        "signing out leaves sockets open",
        f"{GATEWAY}.application.accounts.sessions",
        "each.belongs_to(ending.session)",
        "each.belongs_to(each.connection)",
    ),
    Mutation(
        "an event is told with the place before",
        f"{GATEWAY}.application.live.pushing",
        'return SocketMessage(type="event", event=event, campaign_id=event.campaign_id)',
        'moved = event.model_copy(update={"sequence": event.sequence + 1})\n'
        '    return SocketMessage(type="event", event=moved, campaign_id=event.campaign_id)',
    ),
)
