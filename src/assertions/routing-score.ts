/** What the score needs to know of a skill. */
interface SkillSetting {
  readonly level: number
  readonly concurrentInteractions: number
}

/**
 * How a change of an agent's skills bears on routing, from 0 to 100: 100, less 15 for every skill of level 0, plus 5 for every interaction
 * at once, as the API's documentation defines it.
 */
export function routingScore(skillLevels: readonly SkillSetting[]): number {
  const idle = skillLevels.filter(({ level }) => level === 0).length
  const interactions = skillLevels.reduce((sum, { concurrentInteractions }) => sum + concurrentInteractions, 0)
  return Math.min(100, Math.max(0, 100 - 15 * idle + 5 * interactions))
}
