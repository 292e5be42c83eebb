import { expect } from 'chai'
import { type Caller, WAYS } from './caller.ts'

const DEBUG = '/api/v2/flows/debug'

for (const [way, start] of WAYS) {
  describe(`the emulator, ${way}`, () => {
    let caller: Caller
    let token: string
    before(async () => {
      caller = await start({ compile: { queuedMs: 30, inProgressMs: 30 } })
      token = await caller.token()
    })
    after(() => caller.close())

    describe('access', () => {
      const secured = [
        ['POST', DEBUG, 'flow:debug', 'flow:read flow:write'],
        ['GET', '/api/v2/flows/main-menu', 'flow:read', 'flow:debug flow:write'],
        ['POST', '/api/v2/flows/main-menu/compile', 'flow:write', 'flow:debug flow:read'],
        ['GET', '/api/v2/flows/main-menu/compile/none', 'flow:read', 'flow:debug flow:write'],
      ] as const
      for (const [method, path, scope, others] of secured) {
        it(`asks for a token with ${scope} at ${method} ${path}`, async () => {
          const missing = await caller.call(path, { method })
          expect(missing.status).to.equal(401)
          expect(missing.headers['www-authenticate']).to.equal('Bearer realm="cxone"')
          const unknown = await caller.call(path, { method, token: 'made-up' })
          expect(unknown.status).to.equal(401)
          expect(unknown.headers['www-authenticate']).to.include('error="invalid_token"')
          const lacking = await caller.call(path, { method, token: await caller.token(others) })
          expect(lacking.status).to.equal(403)
          expect(lacking.headers['www-authenticate']).to.include(`error="insufficient_scope", scope="${scope}"`)
          expect(lacking.json()['message']).to.include(scope)
          const enough = await caller.call(path, { method, token: await caller.token(scope) })
          expect(enough.status).not.to.be.oneOf([401, 403])
        })
      }

      it('takes no other scheme than Bearer, whose name is not case-sensitive', async () => {
        const statuses = []
        for (const authorization of [`Basic ${token}`, token, `Bearer  ${token}`, `bearer ${token}`]) {
          statuses.push((await caller.call('/api/v2/flows/main-menu', { headers: { authorization } })).status)
        }
        expect(statuses).to.deep.equal([401, 401, 200, 200])
      })
    })

    describe('routes', () => {
      it('answers 404 where there is nothing', async () => {
        for (const path of [
          '/',
          '/api/v2/flows',
          '/api/v2/flows/',
          '/api/v2/flows/main-menu/',
          '//api/v2/flows/main-menu',
          '/API/v2/flows/main-menu',
        ]) {
          const answer = await caller.call(path, { token })
          expect(answer.status, path).to.equal(404)
          expect(answer.json()).to.have.keys('error', 'message')
        }
      })

      it('answers 405 with Allow to another method', async () => {
        const cases = [
          ['PUT', '/api/v2/flows/main-menu', 'GET, HEAD, OPTIONS'],
          ['GET', DEBUG, 'POST, OPTIONS'],
          ['DELETE', '/api/v2/flows/main-menu/compile', 'POST, OPTIONS'],
          ['POST', '/api/v2/flows/main-menu/compile/none', 'GET, HEAD, OPTIONS'],
        ] as const
        for (const [method, path, allow] of cases) {
          const answer = await caller.call(path, { method, token })
          expect(answer.status, path).to.equal(405)
          expect(answer.headers['allow']).to.equal(allow)
        }
      })

      it('answers OPTIONS without a token', async () => {
        const answer = await caller.call(DEBUG, { method: 'OPTIONS' })
        expect([answer.status, answer.headers['allow'], answer.text]).to.deep.equal([204, 'POST, OPTIONS', ''])
        expect(answer.headers).not.to.have.property('content-length')
      })

      it('answers HEAD like GET, without the body', async () => {
        const get = await caller.call('/api/v2/flows/main-menu', { token })
        const head = await caller.call('/api/v2/flows/main-menu', { token, method: 'HEAD' })
        expect([head.status, head.text, head.headers['content-length']]).to.deep.equal([200, '', String(Buffer.byteLength(get.text))])
      })

      it('answers 400 to broken percent-encoding', async () => {
        expect((await caller.call('/api/v2/flows/%zz', { token })).status).to.equal(400)
      })

      it('echoes the correlation id, or makes one', async () => {
        const echoed = await caller.call('/nowhere', { headers: { 'X-Correlation-ID': 'run-1' } })
        expect(echoed.headers['x-correlation-id']).to.equal('run-1')
        expect((await caller.call('/nowhere')).headers['x-correlation-id']).to.match(/^[0-9a-f-]{36}$/)
      })
    })

    describe('flow debug', () => {
      it('answers with path, variables, exit and trace', async () => {
        const options = { trace: true, includeVariables: true, maxLoops: 50 }
        const answer = await caller.call(DEBUG, { token, body: { flowId: 'main-menu', input: { dtmf: '1', speech: '' }, options } })
        expect(answer.status).to.equal(200)
        const body = answer.json()
        expect(body['path']).to.deep.equal(['node_start', 'node_menu_1', 'node_route_sales', 'node_exit'])
        expect(body['variables']).to.include({ selected_option: '1' })
        expect(body['exitNode']).to.equal('node_exit')
        expect(body['duration']).to.be.a('number').that.is.at.least(0)
        expect(body['trace']).to.have.length(4)
        const [first, menu, route, exit] = body['trace'] as unknown as readonly object[]
        expect(first).to.include({ nodeId: 'node_start', type: 'Start', timestamp: 0 })
        expect(menu).to.include({ nodeId: 'node_menu_1', type: 'GatherInput' })
        expect(menu).to.have.property('input')
        expect(route).to.include({ type: 'Route', target: 'queue_sales' })
        expect(exit).to.include({ type: 'Exit', status: 'Completed' })
        for (const entry of [first, menu, route, exit]) {
          expect(['nodeId', 'type', 'timestamp', 'input', 'target', 'status', 'variables', 'exception']).to.include.members(
            Object.keys(entry ?? {}),
          )
        }
      })

      it('leaves out the trace, or the variables of each visit, where the request says so', async () => {
        const without = await caller.call(DEBUG, { token, body: { flowId: 'main-menu', options: { trace: false } } })
        expect(without.json()).to.have.keys('path', 'variables', 'exitNode', 'duration')
        const bare = await caller.call(DEBUG, { token, body: { flowId: 'main-menu', options: { includeVariables: false } } })
        expect(bare.json()['variables']).to.deep.equal({ selected_option: '' })
        for (const entry of bare.json()['trace'] as unknown as object[]) expect(entry).not.to.have.property('variables')
      })

      it('takes variables, and null for everything that may be left out', async () => {
        const body = { flowId: 'main-menu', input: { dtmf: null, speech: null }, options: null, variables: { selected_option: 'x' } }
        expect((await caller.call(DEBUG, { token, body })).json()['variables']).to.include({ selected_option: 'x' })
        expect((await caller.call(DEBUG, { token, body: { flowId: 'main-menu', input: null, variables: null } })).status).to.equal(200)
      })

      it('answers 404 for a flow that it does not serve', async () => {
        const answer = await caller.call(DEBUG, { token, body: { flowId: 'no-such-flow' } })
        expect([answer.status, answer.json()['error']]).to.deep.equal([404, 'flow_not_found'])
      })

      it('answers 500 with the trace up to the node that is broken', async () => {
        const answer = await caller.call(DEBUG, { token, body: { flowId: 'dead-end', input: { dtmf: '2' } } })
        expect(answer.status).to.equal(500)
        const trace = answer.json()['trace'] as unknown as readonly Record<string, string>[]
        expect(trace.slice(0, 2).map((entry) => entry['nodeId'])).to.deep.equal(['node_start', 'node_menu_1'])
        expect(trace.at(-1)).to.include({ status: 'Error' })
        expect(trace.at(-1)?.['exception']).to.be.a('string').and.not.equal('')
      })

      it('answers 500 for a flow that does not compile, also where the call does not meet what is wrong', async () => {
        for (const flowId of ['dead-end', 'no-yaml']) {
          const answer = await caller.call(DEBUG, { token, body: { flowId, input: { dtmf: '1' } } })
          expect(answer.status, flowId).to.equal(500)
          expect(answer.json()['error']).to.equal('flow_broken')
          expect(answer.json()['errors']).to.have.property('length').that.is.at.least(1)
        }
      })

      it('answers 500 where a data action fails on a flow that compiles', async () => {
        const answer = await caller.call(DEBUG, { token, body: { flowId: 'action-fails' } })
        expect(answer.status).to.equal(500)
        expect(answer.text).to.include('the billing system did not answer')
      })

      it('cuts a call at maxLoops visits of one node, and answers 200', async () => {
        const answer = await caller.call(DEBUG, { token, body: { flowId: 'circle', options: { maxLoops: 5 } } })
        expect(answer.status).to.equal(200)
        expect((answer.json()['path'] as unknown as string[]).filter((node) => node === 'node_one').length).to.be.within(5, 6)
        expect(answer.json()).not.to.have.property('exitNode')
        const usual = await caller.call(DEBUG, { token, body: { flowId: 'circle' } })
        expect((usual.json()['path'] as unknown as string[]).filter((node) => node === 'node_one').length).to.be.within(50, 51)
      })

      const malformed = [
        '',
        '{',
        'nonsense',
        '{"flowId":"main-menu"',
        `{"flowId":"main-menu","variables":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      ]
      for (const body of malformed) {
        it(`answers 400 to the body ${body.slice(0, 40)}`, async () => {
          const answer = await caller.call(DEBUG, { token, method: 'POST', body, headers: { 'content-type': 'application/json' } })
          expect([answer.status, answer.json()['error']]).to.deep.equal([400, 'malformed_body'])
        })
      }

      const invalid = [
        [{}, '/flowId'],
        [[], ''],
        [{ flowId: 7 }, '/flowId'],
        [{ flowId: '' }, '/flowId'],
        [{ flowId: 'main-menu', input: { dtmf: 1 } }, '/input/dtmf'],
        [{ flowId: 'main-menu', input: { dtmf: 'one' } }, '/input/dtmf'],
        [{ flowId: 'main-menu', inptu: {} }, '/inptu'],
        [{ flowId: 'main-menu', options: { maxLoops: 0 } }, '/options/maxLoops'],
        [{ flowId: 'main-menu', options: { trace: 'yes' } }, '/options/trace'],
        [{ flowId: 'main-menu', variables: [] }, '/variables'],
      ] as const
      for (const [body, field] of invalid) {
        it(`answers 422 with the reason to ${JSON.stringify(body)}`, async () => {
          const answer = await caller.call(DEBUG, { token, body })
          expect(answer.status).to.equal(422)
          expect(answer.json()['error']).to.equal('invalid_request')
          const reasons = answer.json()['reasons'] as unknown as readonly { field: string; message: string }[]
          expect(reasons.map((reason) => reason.field)).to.include(field)
        })
      }

      it('leaves every prototype as it is, whatever a body calls its variables', async () => {
        for (const name of ['__proto__', 'constructor', 'prototype']) {
          const body = `{"flowId":"main-menu","variables":{"${name}":{"polluted":true}}}`
          const answer = await caller.call(DEBUG, { token, method: 'POST', body, headers: { 'content-type': 'application/json' } })
          expect(answer.status).to.equal(422)
        }
        expect({}).not.to.have.property('polluted')
      })

      it('answers 415 to another media type, charset or coding, and takes the JSON ones', async () => {
        const body = '{"flowId":"main-menu"}'
        const statusOf = async (headers: Readonly<Record<string, string>>): Promise<number> =>
          (await caller.call(DEBUG, { token, method: 'POST', body, headers })).status
        expect(await statusOf({ 'content-type': 'application/x-www-form-urlencoded' })).to.equal(415)
        expect(await statusOf({ 'content-type': 'text/plain' })).to.equal(415)
        expect(await statusOf({ 'content-type': 'application/json; charset=utf-16' })).to.equal(415)
        expect(await statusOf({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).to.equal(415)
        expect(await statusOf({ 'content-type': 'application/json; charset=utf-8' })).to.equal(200)
        expect(await statusOf({ 'content-type': 'Application/vnd.cxone+JSON' })).to.equal(200)
        expect(await statusOf({})).to.equal(200)
      })
    })

    describe('flow metadata', () => {
      it('tells name, version, whether it is published, and the definition', async () => {
        const answer = await caller.call('/api/v2/flows/main-menu', { token })
        expect(answer.status).to.equal(200)
        expect(answer.json()).to.include({ flowId: 'main-menu', name: 'Main menu', version: '3', published: true, status: 'published' })
        expect(answer.json()['definition']).to.have.property('nodes').with.length(4)
        expect((await caller.call('/api/v2/flows/draft', { token })).json()).to.include({ published: false, status: 'draft' })
      })

      it('answers 404 for a flow that it does not serve, and 200 without a definition for one that is no YAML', async () => {
        expect((await caller.call('/api/v2/flows/no-such-flow', { token })).status).to.equal(404)
        expect((await caller.call('/api/v2/flows/%2e%2e', { token })).status).to.equal(404)
        const broken = await caller.call('/api/v2/flows/no-yaml', { token })
        expect(broken.status).to.equal(200)
        expect(broken.json()).not.to.have.property('definition')
      })
    })

    describe('flow compile', () => {
      async function compiled(
        flowId: string,
      ): Promise<{ readonly statuses: string[]; readonly last: ReturnType<Awaited<ReturnType<Caller['call']>>['json']> }> {
        const started = await caller.call(`/api/v2/flows/${flowId}/compile`, { token, method: 'POST' })
        const statuses = [String(started.json()['status'])]
        const location = String(started.headers['location'])
        for (;;) {
          const answer = await caller.call(location, { token })
          const status = String(answer.json()['status'])
          if (statuses.at(-1) !== status) statuses.push(status)
          if (status === 'COMPLETED' || status === 'FAILED') return { statuses, last: answer.json() }
          await caller.pass(5)
        }
      }

      it('starts a job, and says where to ask for it', async () => {
        const answer = await caller.call('/api/v2/flows/main-menu/compile', { token, method: 'POST' })
        expect(answer.status).to.equal(201)
        expect(answer.json()).to.have.keys('compileId', 'status').and.include({ status: 'QUEUED' })
        expect(answer.headers['location']).to.equal(`/api/v2/flows/main-menu/compile/${answer.json()['compileId']}`)
      })

      it('takes a body that names the same flow, and refuses another', async () => {
        const path = '/api/v2/flows/main-menu/compile'
        expect((await caller.call(path, { token, body: { flowId: 'main-menu', directives: { optimize: true } } })).status).to.equal(201)
        expect((await caller.call(path, { token, body: { flowId: 'draft' } })).status).to.equal(422)
        expect((await caller.call(path, { token, body: { flowId: 'main-menu', speed: 1 } })).status).to.equal(422)
        expect((await caller.call(path, { token, body: '{' })).status).to.equal(400)
      })

      it('goes from QUEUED to COMPLETED', async () => {
        const { statuses, last } = await compiled('main-menu')
        expect(statuses).to.deep.equal(['QUEUED', 'IN_PROGRESS', 'COMPLETED'])
        expect(last).to.deep.equal({ flowId: 'main-menu', status: 'COMPLETED' })
      })

      it('ends FAILED with a reference error at its line and column', async () => {
        const { last } = await compiled('dead-end')
        expect(last['status']).to.equal('FAILED')
        const [error] = last['errors'] as unknown as readonly Record<string, never>[]
        expect(error).to.include({ code: 'REFERENCE_ERROR' })
        expect(error?.['message']).to.include('node_missing')
        expect(error?.['location']).to.have.property('line', 8)
        expect(error?.['location']).to.have.property('column').that.is.at.least(1)
      })

      it('ends FAILED with a syntax error at its line and column', async () => {
        const { last } = await compiled('no-yaml')
        const [error] = last['errors'] as unknown as readonly Record<string, never>[]
        expect(error).to.include({ code: 'SYNTAX_ERROR' })
        expect(error?.['location']).to.have.property('line').that.is.within(3, 4)
      })

      it('knows a job only under its own flow', async () => {
        const started = await caller.call('/api/v2/flows/main-menu/compile', { token, method: 'POST' })
        const id = String(started.json()['compileId'])
        expect((await caller.call(`/api/v2/flows/draft/compile/${id}`, { token })).status).to.equal(404)
        expect((await caller.call('/api/v2/flows/main-menu/compile/unknown', { token })).status).to.equal(404)
        expect((await caller.call('/api/v2/flows/no-such-flow/compile', { token, method: 'POST' })).status).to.equal(404)
      })

      it('answers 429 to a fourth status check at once', async () => {
        const started = await caller.call('/api/v2/flows/main-menu/compile', { token, method: 'POST' })
        const path = String(started.headers['location'])
        const answers = await Promise.all(Array.from({ length: 4 }, () => caller.call(path, { token })))
        expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 200, 200, 429])
        expect(answers.find((answer) => answer.status === 429)?.headers['retry-after']).to.equal('1')
        expect((await caller.call(path, { token })).status).to.equal(200)
      })

      it('shows in the history which request started which job', async () => {
        caller.emulator.history.clear()
        const { statuses } = await compiled('main-menu')
        const [request] = caller.emulator.history.requests('flow-compile')
        const [job] = caller.emulator.history.jobs()
        expect(job).to.include({ kind: 'compile', subject: 'main-menu', request: request?.id })
        expect(request).to.include({ job: job?.id, status: 201, clientId: 'emulator-client' })
        expect(job?.statuses.map(({ status }) => status)).to.deep.equal(statuses)
      })
    })
  })
}
