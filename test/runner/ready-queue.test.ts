import { expect } from 'chai'
import fc from 'fast-check'
import { ReadyQueue } from '../../src/runner/ready-queue.ts'

interface Item {
  readonly name: number
  readonly resources: readonly string[]
}

const claims = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }), { maxLength: 40 })

describe('ReadyQueue', () => {
  it('hands out everything once, never two at once that share a resource, whatever order they end in', () => {
    fc.assert(
      fc.property(claims, fc.infiniteStream(fc.nat()), (all, choices) => {
        const queue = new ReadyQueue<Item>()
        const items = all.map((resources, name) => ({ name, resources }))
        for (const item of items) queue.add(item)
        const seen: Item[] = []
        const running: Item[] = []
        for (;;) {
          for (let item = queue.take(); item; item = queue.take()) {
            const inUse = running.flatMap(({ resources }) => resources)
            expect(item.resources.some((resource) => inUse.includes(resource))).to.equal(false)
            seen.push(item)
            running.push(item)
          }
          if (running.length === 0) break
          const [ended] = running.splice((choices.next().value ?? 0) % running.length, 1)
          if (ended) queue.done(ended)
        }
        expect(seen).to.have.members(items)
        expect(queue.blocked).to.equal(0)
      }),
    )
  })

  it('lets nobody overtake who waits for the same resource', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const queue = new ReadyQueue<Item>()
        const items = all.map((resources, name) => ({ name, resources }))
        for (const item of items) queue.add(item)
        const order: Item[] = []
        for (let item = queue.take(); item; item = queue.take()) {
          order.push(item)
          queue.done(item)
        }
        for (const resource of ['a', 'b', 'c', 'd']) {
          const line = order.filter(({ resources }) => resources.includes(resource)).map(({ name }) => name)
          expect(line).to.deep.equal(line.toSorted((one, other) => one - other))
        }
      }),
    )
  })

  it('hands out those without resources in their order', () => {
    const queue = new ReadyQueue<Item>()
    for (const name of [1, 2, 3]) queue.add({ name, resources: [] })
    expect([queue.take()?.name, queue.take()?.name, queue.take()?.name, queue.take()]).to.deep.equal([1, 2, 3, undefined])
  })

  it('counts a resource once that is named twice', () => {
    const queue = new ReadyQueue<Item>()
    queue.add({ name: 1, resources: ['a', 'a'] })
    expect(queue.take()?.name).to.equal(1)
  })
})
