import { expect } from 'chai'
import fc from 'fast-check'
import { excerpt } from '../../src/api/excerpt.ts'

const asIs = (text: string): string => text

describe('excerpt', () => {
  it('is what stands at the beginning, on one line', () => {
    expect(excerpt(Buffer.from('<html>\r\n\t<body>Not   Found</body>'), asIs)).to.equal('<html> <body>Not Found</body>')
  })

  it('is at most 200 bytes and harmless to a terminal, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const text = excerpt(bytes, asIs)
        expect(Buffer.byteLength(text)).to.be.at.most(200)
        expect(text).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
    )
  })

  it('cuts no character in half', () => {
    expect(excerpt(Buffer.from('é'.repeat(300)), asIs)).to.equal(`${'é'.repeat(98)}…`)
  })

  it('hides a secret that the cut would have split', () => {
    const secret = 'tok-en-value'
    const body = `${'x'.repeat(193)}${secret}${'y'.repeat(50)}`
    expect(excerpt(Buffer.from(body), (text) => text.replaceAll(secret, '***'))).not.to.include('tok')
  })
})
