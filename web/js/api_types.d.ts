/**
 * The bodies of the player API. Generated from docs/openapi.json: run `make schemas`, do not edit.
 *
 * What may be null may be missing, too. Requests may leave out whatever has a default; answers hold it.
 */

export interface Ability {
  id: string;
  name: string;
  description: string;
  cost: number;
  cooldown: number;
  charges?: number | null;
  target: "self" | "enemy" | "npc" | "place";
  strike?: CanonDice | null;
  damage_type?: "slash" | "blunt" | "pierce" | "shock" | "heat" | "acid" | "data" | null;
  stat: "claws" | "paws" | "whiskers" | "wits" | "purr";
  heal?: CanonDice | null;
  condition?: Condition | null;
  afflicts?: Affliction | null;
  reveals: boolean;
  charms: number;
  escapes: boolean;
  aliases: string[];
}

export interface AbilityState {
  ability: Ability;
  ready_in: number;
  charges?: number | null;
  rank: number;
}

export interface Affliction {
  condition: Condition;
  save: Check;
}

export interface Ancestor {
  campaign_id: string;
  turn: number;
}

export interface BeatVerdict {
  kind: "fact" | "speech" | "colour";
  verdict: "kept" | "replaced" | "dropped" | "added";
  rule?: string | null;
  facts: string[];
  told?: number | null;
}

export interface Campaign {
  id: string;
  status: "active" | "ended";
  turn: number;
  version: number;
  active_turn?: string | null;
  sheet: Sheet;
  started_at: string;
  forked_from?: Ancestor | null;
  opening?: string | null;
  suggested_actions: string[];
}

export interface CampaignPage {
  items: CampaignSummary[];
  next_cursor?: string | null;
}

export interface CampaignState {
  campaign_id: string;
  version: number;
  turn: number;
  status: "active" | "ended";
  ending?: string | null;
  world: string;
  world_version: string;
  seed_commitment: string;
  character: Character;
  place: EntityRef;
  haven: EntityRef;
  places: KnownPlace[];
  unlocked: string[];
  revealed: string[];
  taken: string[];
  used: string[];
  cleared: string[];
  defeated: Record<string, unknown>;
  met: Record<string, unknown>;
  sold: Record<string, number>;
  quests: QuestState[];
  encounter?: Encounter | null;
  content?: "family" | "teen" | "mature" | null;
  gained: number;
}

export interface CampaignSummary {
  campaign_id: string;
  name: string;
  class_name: string;
  world: string;
  status: "active" | "ended";
  turn: number;
  level: number;
  lives: number;
  place: EntityRef;
  ending?: string | null;
  started_at: string;
  updated_at: string;
  forked_from?: Ancestor | null;
}

export interface CanonDice {
  count: number;
  sides: 4 | 6 | 8 | 10 | 12 | 20 | 100;
  bonus: number;
}

export interface CatClass {
  id: string;
  name: string;
  description: string;
  stats: Record<string, number>;
  hp: number;
  hp_per_level: number;
  energy: number;
  armour: number;
  credits: number;
  abilities: Ability[];
  items: string[];
}

export interface Character {
  name: string;
  class_id: string;
  class_name: string;
  level: number;
  xp: number;
  choices: number;
  stats: Record<string, number>;
  hp: number;
  max_hp: number;
  hp_per_level: number;
  energy: number;
  max_energy: number;
  armour: number;
  credits: number;
  lives: number;
  capacity: number;
  abilities: AbilityState[];
  conditions: Condition[];
  inventory: ItemInstance[];
  equipment: Record<string, string>;
}

export interface Check {
  stat: "claws" | "paws" | "whiskers" | "wits" | "purr";
  difficulty: number;
}

export interface Combatant {
  id: string;
  enemy: string;
  name: string;
  hp: number;
  max_hp: number;
  initiative: number;
  conditions: Condition[];
}

export interface Condition {
  id: string;
  name: string;
  turns: number;
  modifiers: Record<string, number>;
  armour: number;
  hp_per_turn: number;
  edge: -1 | 0 | 1;
  exposed: -1 | 0 | 1;
  skips_action: boolean;
}

export interface ContentChoice {
  id: string;
  name: string;
  text: string;
  usual: boolean;
}

export interface Derived {
  stats: Record<string, number>;
  armour: number;
  load: number;
  edge: -1 | 0 | 1;
  exposed: -1 | 0 | 1;
  can_act: boolean;
  next_level_xp?: number | null;
}

export interface Dice {
  campaign_id: string;
  commitment: string;
  seed?: string | null;
  turns: DiceOfTurn[];
  next_after?: number | null;
  forked_from?: Ancestor | null;
}

export interface DiceOfTurn {
  number: number;
  turn_id: string;
  rolls: Roll[];
}

export interface Disclosure {
  text: string;
  source_types: Record<string, string>;
}

export interface EffectView {
  kind: string;
  call: string;
  detail: Record<string, unknown>;
}

export interface EmailVerification {
  code: string;
}

export interface Encounter {
  id: string;
  spawn: string;
  place: string;
  round: number;
  initiative: number;
  surprise: "none" | "character" | "enemies";
  enemies: Combatant[];
}

export interface EntityRef {
  id: string;
  name: string;
}

export interface FeedEvent {
  v: 1;
  type: string;
  id: string;
  campaign_id: string;
  turn_id?: string | null;
  sequence: number;
  sent_at: string;
  data: Record<string, unknown>;
}

export interface FeedPage {
  items: FeedEvent[];
  next_after: number;
  more: boolean;
}

export interface Finding {
  code: string;
  subject: string;
  detail: string;
}

export interface FromTheFront {
  message?: string | null;
}

export interface GroundingReport {
  checked: string[];
  findings: Finding[];
  repairs: number;
  resolution: "clean" | "repaired" | "understudy";
  beats: BeatVerdict[];
  judged?: JudgedSentences | null;
  opening?: number | null;
}

export interface Health {
  status: "ok";
}

export interface ItemInstance {
  id: string;
  item: string;
  name: string;
  kind: "weapon" | "armour" | "gear" | "consumable" | "tool" | "key" | "treasure";
  quantity: number;
  stack: number;
  slot?: "claws" | "body" | "head" | "collar" | "tail" | null;
  armour: number;
  modifiers: Record<string, number>;
  damage?: CanonDice | null;
  damage_type?: "slash" | "blunt" | "pierce" | "shock" | "heat" | "acid" | "data" | null;
  stat: "claws" | "paws" | "whiskers" | "wits" | "purr";
  charges?: number | null;
  use?: Use | null;
  weight: number;
  price: number;
}

export interface JudgedSentences {
  mode: "off" | "shadow" | "gate";
  asked: number;
  judged: number;
  kept: number;
}

export interface KeySet {
  keys: PublicKey[];
}

export interface KnownPlace {
  id: string;
  name: string;
  exits: EntityRef[];
}

export interface Leaderboard {
  world: string;
  items: Standing[];
}

export interface NewAccount {
  email: string;
  password: string;
}

export interface NewCampaign {
  character: NewCharacter;
  content?: "family" | "teen" | "mature" | null;
}

export interface NewCharacter {
  name: string;
  class_id: string;
}

export interface NewFork {
  at_turn: number;
}

export interface NewPassword {
  email: string;
  code: string;
  password: string;
}

export interface NewPasswordReset {
  email: string;
}

export interface NewReport {
  reason: "wrong" | "hurtful" | "sexual" | "hateful" | "self-harm" | "real-person" | "other";
}

export interface NewSession {
  email?: string | null;
  password?: string | null;
  refresh_token?: string | null;
}

export interface NewTurn {
  action: string;
  expected_turn?: number | null;
  chaos?: "drop-model" | "throttle-model" | "kill-tool" | null;
}

export interface Notice {
  code: string;
  text: string;
  until?: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string | null;
  errors?: Record<string, unknown>[] | null;
}

export interface ProgressEvent {
  v: 1;
  type: string;
  id: string;
  campaign_id: string;
  turn_id?: string | null;
  sent_at: string;
  data: Record<string, unknown>;
}

export interface PublicKey {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  use: "sig";
  alg: "ES256";
  kid: string;
}

export interface QuestState {
  id: string;
  name: string;
  arc: string;
  status: "active" | "completed" | "failed";
  stage: string;
  text: string;
  progress: number;
}

export interface Refusal {
  code: string;
  rule: string;
  message: string;
  legal: string[];
}

export interface RefusalView {
  tool: string;
  refusal: Refusal;
}

export interface Report {
  campaign_id: string;
  turn_id: string;
  reason: string;
  reported_at: string;
}

export interface Roll {
  key: string;
  purpose: string;
  roller: string;
  count: number;
  sides: number;
  faces: number[];
  kept: number[];
  modifiers: RollModifier[];
  total: number;
  target?: number | null;
  outcome?: "critical" | "success" | "failure" | "fumble" | null;
}

export interface RollModifier {
  name: string;
  amount: number;
}

export interface SentenceManifest {
  size: number;
  sha256: string;
  words: "model" | "understudy" | "mixed";
  facts: string[];
}

export interface Session {
  player_id: string;
  guest: boolean;
  access_token: string;
  expires_in: number;
  refresh_token?: string | null;
}

export interface SessionRevocation {
  refresh_token: string;
}

export interface Sheet {
  state: CampaignState;
  derived: Derived;
}

export interface SignedManifest {
  jws?: string | null;
  unsigned?: StoryManifest | null;
  next_before?: string | null;
}

export interface SocketMessage {
  v: 1;
  type: string;
  event?: FeedEvent | null;
  progress?: ProgressEvent[] | null;
  campaign_id?: string | null;
  turn_id?: string | null;
  told?: string | null;
  last_sequence?: number | null;
  problem?: Problem | null;
}

export interface StageTrace {
  stage: string;
  attempts: number;
  milliseconds: number;
  error?: string | null;
}

export interface Standing {
  rank: number;
  class_name: string;
  level: number;
  lives: number;
  turn: number;
  status: "active" | "ended";
  ending?: string | null;
  campaign_id?: string | null;
  name?: string | null;
}

export interface StoryManifest {
  version: string;
  campaign_id: string;
  turns: TurnManifest[];
}

export interface Ticket {
  ticket: string;
  url: string;
  expires_at: string;
}

export interface Turn {
  id: string;
  campaign_id: string;
  status: "accepted" | "running" | "resolved" | "failed";
  action: string;
  accepted_at: string;
  number?: number | null;
  told?: string | null;
  narrative?: string | null;
  suggested_actions: string[];
  rolls: Roll[];
  effects: EffectView[];
  refusals: RefusalView[];
  campaign?: Sheet | null;
  trace: StageTrace[];
  usage?: Usage | null;
  report?: GroundingReport | null;
  told_by?: "model" | "understudy" | null;
  economy?: "full" | "short-context" | "cheap-model" | "understudy" | null;
  notice?: Notice | null;
  resolved_at?: string | null;
  problem?: Problem | null;
}

export interface TurnManifest {
  turn_id: string;
  number: number;
  resolved_at: string;
  told_by: "model" | "understudy";
  model?: string | null;
  prompt?: string | null;
  digital_source_type: string;
  sha256: string;
  sentences: SentenceManifest[];
}

export interface TurnPage {
  items: Turn[];
  next_before?: string | null;
}

export interface Usage {
  model?: string | null;
  prompt?: string | null;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  micro_dollars: number;
}

export interface Use {
  heal?: CanonDice | null;
  energy?: CanonDice | null;
  damage?: CanonDice | null;
  damage_type?: "slash" | "blunt" | "pierce" | "shock" | "heat" | "acid" | "data" | null;
  condition?: Condition | null;
  afflicts?: Affliction | null;
  cures: string[];
}

export interface World {
  id: string;
  name: string;
  version: string;
  tone: string;
  premise: string;
  classes: CatClass[];
  places: EntityRef[];
  disclosure?: Disclosure | null;
  content: ContentChoice[];
}
